package dev.llmretry.runtime.internal.execution;

/** The defaults and permitted ranges of retry settings. */
public final class PolicyLimits {

  /** The largest permitted number of retries. */
  public static final int MAX_RETRIES = 10_000;

  /** The default number of retries. */
  public static final int DEFAULT_RETRIES = 3;

  /** The default delay before the first retry, in milliseconds. */
  public static final long DEFAULT_BASE_DELAY_MS = 100;

  /** The default growth of delays. */
  public static final double DEFAULT_MULTIPLIER = 2;

  /** The default upper limit of back-off, in milliseconds. */
  public static final long DEFAULT_MAX_DELAY_MS = 30_000;

  /** The default of the longest delay that a provider may ask for, in milliseconds. */
  public static final long DEFAULT_MAX_RETRY_AFTER_MS = 60_000;

  private PolicyLimits() {}

  /** Returns whether a number of retries is permitted. */
  public static boolean isValidRetries(int retries) {
    return retries >= 0 && retries <= MAX_RETRIES;
  }

  /** Returns whether a growth of delays is permitted. Delays cannot shrink. */
  public static boolean isValidMultiplier(double multiplier) {
    return multiplier >= 1 && multiplier < Double.POSITIVE_INFINITY;
  }
}
