package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.WaitCause;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for an upstream: for their turn at its gate, or for one of its budgets. Not
 * thread-safe.
 */
final class WaitingCalls {

  /** Those that wait for their turn after a pushback: they come before the others. */
  final WaitQueue pushedBack;

  /** The others that wait for their turn. */
  final WaitQueue arrived;

  private final BlockedThreads blocking;
  private int held;

  /**
   * Creates empty queues.
   *
   * @param warns whether to warn of many blocked threads
   */
  WaitingCalls(SharedUpstream owner, boolean warns) {
    this.pushedBack = new WaitQueue(owner, WaitCause.RATE_LIMIT);
    this.arrived = new WaitQueue(owner, WaitCause.RATE_LIMIT);
    this.blocking = new BlockedThreads(!warns);
  }

  /** Returns how many calls wait for their turn. */
  int forTurns() {
    return pushedBack.size() + arrived.size();
  }

  /** Returns how many calls wait for a budget. */
  int held() {
    return held;
  }

  /** Returns the call whose turn comes next. At least one must wait for it. */
  Waiter nextTurn() {
    return requireNonNull(
        pushedBack.isEmpty() ? arrived.head() : pushedBack.head(), "no call waits for a turn");
  }

  /**
   * Enqueues a call.
   *
   * @param limitNanos for how long it waits at most
   */
  void add(Waiter waiter, WaitQueue queue, long limitNanos, long now) {
    long remaining = waiter.call.remainingNanos();
    waiter.hasDeadline = remaining < limitNanos;
    waiter.expiresAt = now + Math.min(limitNanos, remaining);
    queue.add(waiter, now);
    if (queue.cause == WaitCause.RETRY_BUDGET) {
      held++;
    }
    if (waiter instanceof BlockingWaiter blocked) {
      blocking.add(blocked);
    }
  }

  /** Removes a call from its queue, and returns what it has waited for. */
  WaitCause remove(Waiter waiter, long now) {
    WaitQueue queue = requireNonNull(waiter.queue, "not waiting");
    queue.remove(waiter, now);
    if (queue.cause == WaitCause.RETRY_BUDGET) {
      held--;
    }
    if (waiter instanceof BlockingWaiter blocked) {
      blocking.remove(blocked);
    }
    return queue.cause;
  }

  /**
   * Returns the call that is to lead, or null if none waits. It is one that blocks its thread, if
   * there is one: a virtual clock may advance only when a thread sleeps.
   */
  @Nullable Waiter nextLeader(Budgets budgets) {
    Waiter blocked = blocking.first();
    if (blocked != null) {
      return blocked;
    }
    if (forTurns() > 0) {
      return nextTurn();
    }
    return held == 0 ? null : budgets.firstHeld();
  }

  /** Returns the time until something happens to one of the calls if nothing else does. */
  long untilNextEvent(RateGate gate, Budgets budgets, long now) {
    long next = blocking.untilWarning(now);
    if (forTurns() > 0) {
      next = Math.min(next, gate.delay(now));
      next = Math.min(next, pushedBack.untilExpiry(now));
      next = Math.min(next, arrived.untilExpiry(now));
    }
    if (held > 0) {
      next = Math.min(next, budgets.untilNextEvent(now));
    }
    return Math.max(0, next);
  }

  /** Returns whether to warn now of many blocked threads. To be called after each change. */
  boolean shouldWarn(long now) {
    return blocking.shouldWarn(now);
  }
}
