package dev.llmretry.runtime.internal.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many hedges the calls of one method may still make. Each costs what twenty successes give
 * back, so that of many calls at most one in twenty is hedged. Retries have a {@link RetryBudget}.
 *
 * <p>Counts successes without a lock, and while its upstream is dormant: one is counted for each
 * call of a method with hedges. Thread-safe.
 */
final class HedgeBudget {

  private static final int COST = 20;
  private static final int MAX_HEDGES = 5;

  /** How many successes are missing until this budget is full again. */
  private final AtomicInteger spent = new AtomicInteger();

  /**
   * Takes the cost of a hedge, if there have been enough successes.
   *
   * @param members the number of processes that call the provider: they share what may be spent at
   *     once, but each may make one hedge
   */
  boolean tryTake(int members) {
    int capacity = COST * Math.max(1, MAX_HEDGES / members);
    int before = spent.get();
    while (before + COST <= capacity) {
      int current = spent.compareAndExchange(before, before + COST);
      if (current == before) {
        return true;
      }
      before = current;
    }
    return false;
  }

  /** Gives back the cost of a hedge that was not made. */
  void giveBack() {
    refund(COST);
  }

  /** Counts a call that succeeded, other than by its hedge. */
  void succeeded() {
    refund(1);
  }

  private void refund(int successes) {
    if (spent.get() != 0) {
      spent.accumulateAndGet(successes, (before, refunded) -> Math.max(0, before - refunded));
    }
  }
}
