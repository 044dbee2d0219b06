package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.internal.time.Durations;
import org.jspecify.annotations.Nullable;

/** A queue of waiting calls. Any of them leaves it in constant time. Not thread-safe. */
final class WaitQueue {

  /** What the calls wait for. */
  final WaitCause cause;

  /** Whose lock guards this queue and its waiters. */
  final SharedUpstream owner;

  private @Nullable Waiter head;
  private @Nullable Waiter tail;
  private int size;

  WaitQueue(SharedUpstream owner, WaitCause cause) {
    this.owner = owner;
    this.cause = cause;
  }

  boolean isEmpty() {
    return head == null;
  }

  int size() {
    return size;
  }

  @Nullable Waiter head() {
    return head;
  }

  /** Returns the time until the first call has waited for too long; unlimited if none waits. */
  long untilExpiry(long now) {
    return head == null ? Durations.UNLIMITED : head.expiresAt - now;
  }

  void add(Waiter waiter, long now) {
    waiter.addWait(cause, -now);
    waiter.queue = this;
    waiter.previous = tail;
    if (tail == null) {
      head = waiter;
    } else {
      tail.next = waiter;
    }
    tail = waiter;
    size++;
  }

  void remove(Waiter waiter, long now) {
    waiter.addWait(cause, now);
    Waiter before = waiter.previous;
    Waiter after = waiter.next;
    if (before == null) {
      head = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.previous = before;
    }
    waiter.queue = null;
    waiter.previous = null;
    waiter.next = null;
    size--;
  }
}
