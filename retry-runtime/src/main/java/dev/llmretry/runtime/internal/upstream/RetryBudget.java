package dev.llmretry.runtime.internal.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The retry budget of one method. While most calls succeed it stays full. When they fail, retries
 * are limited to one per ten successes, or two for each retry that succeeds, so that they do not
 * keep an overloaded provider down.
 *
 * <p>Not thread-safe.
 */
final class RetryBudget extends Budget {

  private int reserve;

  /**
   * Creates a full budget.
   *
   * @param members the number of processes that call the provider: they share the reserve
   */
  RetryBudget(SharedUpstream owner, int maxRetries, int members) {
    super(owner);
    resize(maxRetries, members);
  }

  /** Sets the capacity, as settings may change: each call should be able to make its retries. */
  void resize(int maxRetries, int members) {
    reserve = Math.max(MIN_CAPACITY, COST * maxRetries);
    share(members);
  }

  /** Divides the reserve by the number of processes. */
  void share(int members) {
    setCapacity(Math.max(COST, reserve / members));
  }

  @Override
  @Nullable Ticket beginProbe(long now) {
    return null;
  }

  @Override
  @Nullable Ticket begin(long now) {
    charge(COST, now);
    return null;
  }

  /** Gives back tokens after a success. */
  void succeeded(boolean isRetry) {
    refund(isRetry ? RECOVERY_REFUND : SUCCESS_REFUND);
  }
}
