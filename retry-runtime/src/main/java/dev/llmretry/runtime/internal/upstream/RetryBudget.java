package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The retry budget of one method. While most calls succeed it stays full. When they fail, retries
 * are limited to one per ten successes, so that they do not keep an overloaded provider down. A
 * retry that succeeds pays for two others, but after a time-out only for one: an overloaded
 * provider answers late, and would get the more retries the more of its answers are in time.
 *
 * <p>Other attempts of the method are as good a probe as a retry is, and make one unnecessary; but
 * since they may take long, a retry is made every twenty seconds.
 *
 * <p>Not thread-safe.
 */
final class RetryBudget extends Budget {

  private int reserve;
  private int members;
  private long lastSuccess;

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
  void resize(int maxRetries, int processes) {
    reserve = Math.max(MIN_CAPACITY, COST * maxRetries);
    members = processes;
    setCapacity(shareOfReserve());
  }

  /**
   * Divides the reserve by another number of processes. What is used up does not come back when the
   * number grows and shrinks again.
   */
  void share(int processes) {
    members = processes;
    scaleCapacity(shareOfReserve());
  }

  private int shareOfReserve() {
    return Math.max(COST, reserve / members);
  }

  @Override
  @Nullable Ticket take(long now) {
    if (isExhausted()) {
      postponeProbe(now);
    } else {
      charge(COST, now);
    }
    return null;
  }

  /**
   * Gives back tokens after a success.
   *
   * @param retried the failure after which the attempt was made; null for none
   */
  void succeeded(@Nullable FailureKind retried, long now) {
    boolean isFirst = now - lastSuccess >= PROBE_INTERVAL_NANOS * members;
    lastSuccess = now;
    if (retried == null || retried == FailureKind.RATE_LIMITED) { // which cost nothing
      refund(isExhausted() && isFirst ? COST : SUCCESS_REFUND);
    } else {
      refund(retried == FailureKind.TIMEOUT ? COST : RECOVERY_REFUND);
    }
  }
}
