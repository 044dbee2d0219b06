package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.WaitCause;
import org.jspecify.annotations.Nullable;

/**
 * Limits attempts after failures: a {@link RetryBudget} those of a method, a {@link RouteBreaker}
 * those on a route. Failures use up tokens, which successes give back. Without tokens, one attempt
 * a second may be made as a probe.
 *
 * <p>Times are in nanoseconds of one clock. Not thread-safe.
 */
abstract sealed class Budget permits RetryBudget, RouteBreaker {

  static final int COST = 10;

  /** What a success gives back that shows that the provider has recovered. */
  static final int RECOVERY_REFUND = 20;

  static final int SUCCESS_REFUND = 1;
  static final int MIN_CAPACITY = 10 * COST;
  static final long PROBE_INTERVAL_NANOS = 1_000_000_000L;
  private static final long MAX_UNPROBED_NANOS = 20 * PROBE_INTERVAL_NANOS;

  /** The calls that wait for this budget. */
  final WaitQueue held;

  private int capacity = MIN_CAPACITY;

  /** The tokens that are missing. */
  private int spent;

  private long probedAt;
  private long nextProbe;

  Budget(SharedUpstream owner) {
    this.held = new WaitQueue(owner, WaitCause.RETRY_BUDGET);
  }

  final void setCapacity(int tokens) {
    capacity = tokens;
    spent = Math.min(spent, capacity);
  }

  /** Changes the capacity, of which the same share remains used up. */
  final void scaleCapacity(int tokens) {
    spent = (int) Math.round((double) spent * tokens / capacity);
    capacity = tokens;
  }

  final boolean isExhausted() {
    return capacity - spent < COST;
  }

  /** {@return from 0 to 1} */
  final double level() {
    return (double) (capacity - spent) / capacity;
  }

  /** Returns whether nothing need be remembered. */
  boolean isAtRest(long now) {
    return spent == 0 && held.isEmpty();
  }

  /** Returns whether this limits no attempts at this moment. */
  boolean isUnlimited() {
    return !isExhausted() && held.isEmpty();
  }

  /** Returns the time until an attempt may be made; 0 if it may be made now. */
  long delay(long now) {
    return isExhausted() ? Math.max(0, nextProbe - now) : 0;
  }

  /** Returns whether an attempt may be made now, before which no other has to be made. */
  final boolean isFree(long now) {
    return held.isEmpty() && delay(now) == 0;
  }

  /**
   * Counts an attempt, whose {@link #delay} is 0.
   *
   * @return the attempt, for {@link RouteBreaker#succeeded}; null if nothing limits attempts
   */
  abstract @Nullable Ticket take(long now);

  /** Uses up tokens. If none are left, the first probe may be made a second later. */
  final void charge(int cost, long now) {
    spent += Math.min(cost, capacity - spent);
    if (isExhausted()) {
      postponeProbe(now);
    }
  }

  final void postponeProbe(long now) {
    probedAt = now;
    nextProbe = now + PROBE_INTERVAL_NANOS;
  }

  /** An attempt begins that is as good a probe as one of this budget, but may take long. */
  final void onAttempt(long now) {
    nextProbe = Math.min(now + PROBE_INTERVAL_NANOS, probedAt + MAX_UNPROBED_NANOS);
  }

  final void refund(int tokens) {
    spent = Math.max(0, spent - tokens);
  }

  /** Limits nothing until attempts fail again. */
  void reset() {
    spent = 0;
  }
}
