package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.WaitCause;

/**
 * The retry budget of one method. A retry costs tokens, which successes give back; without tokens,
 * one retry a second may be made as a probe.
 *
 * <p>While most calls succeed the budget stays full. When they fail, retries are limited to one per
 * ten successes, so that they do not keep an overloaded provider down.
 *
 * <p>Times are in nanoseconds of one clock. Not thread-safe.
 */
final class Budget {

  private static final int RETRY_COST = 10;
  private static final int RETRY_REFUND = 20;
  private static final int SUCCESS_REFUND = 1;
  private static final int MIN_RETRIES = 10;
  private static final long PROBE_INTERVAL_NANOS = 1_000_000_000L;

  /** The calls whose retry waits for tokens. */
  final WaitQueue held = new WaitQueue(WaitCause.RETRY_BUDGET);

  private int reserve;
  private int capacity;

  /** The tokens that are missing. */
  private int spent;

  private long nextProbe = Long.MIN_VALUE;

  Budget(int maxRetries, int members) {
    resize(maxRetries, members);
  }

  /**
   * Sets the capacity, as settings may change, and the number of processes that call the provider.
   */
  void resize(int maxRetries, int members) {
    reserve = RETRY_COST * Math.max(MIN_RETRIES, maxRetries);
    share(members);
  }

  /** Divides the reserve by the number of processes. */
  void share(int members) {
    capacity = Math.max(RETRY_COST, reserve / members);
    spent = Math.min(spent, capacity);
  }

  boolean isFull() {
    return spent == 0;
  }

  /** {@return from 0 to 1} */
  double level() {
    return (double) (capacity - spent) / capacity;
  }

  /** Returns the time until a retry may be made; 0 if it may be made now. */
  long delay(long now) {
    return isSufficient() || nextProbe == Long.MIN_VALUE ? 0 : Math.max(0, nextProbe - now);
  }

  private boolean isSufficient() {
    return capacity - spent >= RETRY_COST;
  }

  /** Takes the cost of a retry, whose {@link #delay} is 0. */
  void take(long now) {
    if (isSufficient()) {
      spent += RETRY_COST;
    }
    if (!isSufficient()) {
      nextProbe = now + PROBE_INTERVAL_NANOS;
    }
  }

  void reset() {
    spent = 0;
  }

  void succeeded(boolean isRetry) {
    spent = Math.max(0, spent - (isRetry ? RETRY_REFUND : SUCCESS_REFUND));
  }
}
