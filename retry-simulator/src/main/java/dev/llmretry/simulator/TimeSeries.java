package dev.llmretry.simulator;

/** A figure over time: one value for each second of a simulation. Immutable. */
public final class TimeSeries {

  private final String name;
  private final double[] values;

  /** Takes over {@code values}. */
  TimeSeries(String name, double[] values) {
    this.name = name;
    this.values = values;
  }

  /** {@return what it is, such as {@code in flight}} */
  public String name() {
    return name;
  }

  /** {@return the number of seconds} */
  public int length() {
    return values.length;
  }

  /**
   * {@return the value of a second}
   *
   * @param second from 0, the first second, to {@link #length} exclusive
   * @throws IndexOutOfBoundsException if there is no such second
   */
  public double get(int second) {
    return values[second];
  }

  @Override
  public String toString() {
    return name + " (" + values.length + " s)";
  }
}
