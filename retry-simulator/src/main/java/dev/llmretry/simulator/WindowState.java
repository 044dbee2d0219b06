package dev.llmretry.simulator;

/** A counter that starts at zero in each window. */
final class WindowState implements LimitState {

  private final Limit limit;
  private double factor = 1;
  private double window;
  private double counted;

  WindowState(Limit limit) {
    this.limit = limit;
  }

  private void advance(double now) {
    double current = Math.floor(now / limit.windowSeconds());
    if (current != window) {
      window = current;
      counted = 0;
    }
  }

  @Override
  public boolean admits(double now, double tokens) {
    advance(now);
    return counted + 1 <= limit.amount() * factor;
  }

  @Override
  public void accept(double now, double tokens) {
    advance(now);
    counted++;
  }

  @Override
  public void countRefusal(double now, double tokens) {
    accept(now, tokens);
  }

  @Override
  public double secondsUntilAdmitted(double now, double tokens) {
    advance(now);
    return (window + 1) * limit.windowSeconds() - now;
  }

  @Override
  public void setCapacity(double now, double capacity) {
    factor = capacity;
  }
}
