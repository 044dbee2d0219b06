package dev.llmretry.runtime.upstream;

/**
 * What an {@link UpstreamStore} keeps of an upstream. Each is a number; a store keeps all of them,
 * also those that only the runtime understands.
 *
 * <p>A time is in nanoseconds from the moment of the request or reply, negative if it has passed. A
 * store keeps it as a time of its own clock, and so need not know the clocks of the processes.
 */
public enum StoreField {
  /** The time at which attempts may begin again, or since which they may. */
  CLOSED_UNTIL(true),
  /** The time at which the provider's pause ends. */
  PAUSED_UNTIL(true),
  /** The time of the next turn that has not been given out. */
  NEXT_TURN(true),
  /** The time since which attempts have been counted. */
  MEASURED_SINCE(true),
  /** How often attempts were stopped from beginning. */
  CLOSINGS(false),
  /** The attempts per second that the provider accepts; 0 until that is known. */
  RATE(false),
  /** The length of the last pause, in nanoseconds, if it was in vain so far. */
  LAST_CLOSING(false),
  /** The attempts that have begun, and the turns given out, since they have been counted. */
  BEGUN(false),
  /** The attempts that the provider refused with a rate limit, since they have been counted. */
  REFUSED(false),
  /** Whether attempts have succeeded since the last change: the number of reports of that. */
  SUCCEEDED(false),
  /** The time for which turns were left unused, in nanoseconds, since attempts were counted. */
  UNUSED(false),
  /** The attempts that have begun, and the turns given out, since the last pause. */
  OPENED(false);

  private final boolean time;

  StoreField(boolean time) {
    this.time = time;
  }

  /** {@return whether this is a time, relative to the request or reply} */
  public boolean isTime() {
    return time;
  }
}
