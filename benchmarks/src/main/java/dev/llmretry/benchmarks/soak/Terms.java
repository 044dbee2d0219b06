package dev.llmretry.benchmarks.soak;

/**
 * The settings of a call that can change while calls run.
 *
 * @param maxRetries how many retries it makes at most
 * @param baseDelayMs its delay before the first retry, in milliseconds
 */
record Terms(int maxRetries, long baseDelayMs) {

  static final Terms COMPILED = new Terms(Settings.MAX, Settings.BASE_DELAY_MS);

  /** Returns the delay before a retry, in nanoseconds, where the provider asks for none. */
  long backoffNanos(int retriesBefore) {
    return Math.min(baseDelayMs << retriesBefore, Settings.MAX_DELAY_MS) * 1_000_000;
  }
}
