package dev.llmretry.runtime.upstream;

/**
 * How the rate of turns grows after a pause: {@code base · 2^(growth · t) + probing · t³} turns a
 * second, where {@code t} is the time since {@link StoreField#CLOSED_UNTIL} in seconds, or 0
 * before.
 *
 * @param base the rate at the end of the pause, positive
 * @param growth how often it doubles in a second
 * @param probing the part that grows with the third power of the time
 */
public record Pace(double base, double growth, double probing) {

  private static final double MAX_DOUBLINGS = 30;

  /**
   * {@return the rate, in turns a second}
   *
   * @param seconds the time since the end of the pause
   */
  public double perSecond(double seconds) {
    double open = Math.max(0, seconds);
    return base * Math.pow(2, Math.min(growth * open, MAX_DOUBLINGS)) + probing * Math.pow(open, 3);
  }
}
