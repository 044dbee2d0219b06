package dev.llmretry.simulator;

/** A figure of a simulation. */
public enum Metric {
  /** The share of calls that were answered, in percent. */
  ANSWERED("answered", "%"),
  /** Requests that the provider received, for each call that was answered. */
  REQUESTS_PER_ANSWER("requests per answer", ""),
  /** Requests that the provider received, for each call: the amplification. */
  REQUESTS_PER_CALL("requests per call", ""),
  /**
   * The duration of the whole run, divided by the shortest possible one, in which the provider is
   * used fully. Not meaningful if calls fail.
   */
  END_TO_IDEAL("end / ideal", ""),
  /**
   * The seconds from the end of the last incident until calls that begin are answered again: at
   * least 95 % of those of any 10 seconds. Infinite if that is never so; not a number without an
   * incident.
   */
  RECOVERY("recovered after", "s"),
  /**
   * The seconds from the end of the last incident until no more calls are in progress than before
   * the first, plus a fifth. Infinite if that is never so; not a number without an incident.
   */
  BACKLOG("backlog gone after", "s"),
  /**
   * Requests per second that the first provider received in the second half of its last outage, or
   * of the last time in which it did not respond. Not a number without one.
   */
  REQUESTS_WHILE_DOWN("requests while down", "/s"),
  /** The median of the seconds from the beginning of a call to its answer. */
  MEDIAN_TIME("time, median", "s"),
  /** The 90th percentile of the seconds from the beginning of a call to its answer. */
  P90_TIME("time, 90 %", "s"),
  /** The 99th percentile of the seconds from the beginning of a call to its answer. */
  P99_TIME("time, 99 %", "s"),
  /** The longest time from the beginning of a call to its answer, in seconds. */
  LONGEST_TIME("time, longest", "s");

  private final String label;
  private final String unit;

  Metric(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  /** {@return the name in reports} */
  public String label() {
    return label;
  }

  /** {@return the unit, such as {@code s}; empty for a ratio} */
  public String unit() {
    return unit;
  }
}
