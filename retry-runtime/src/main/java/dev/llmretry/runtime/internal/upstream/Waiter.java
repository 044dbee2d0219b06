package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import dev.llmretry.runtime.internal.util.Closeables;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits to be admitted by an upstream, without a thread; {@link BlockingWaiter} has
 * one. The methods {@code on…} are called without a lock, by any thread, such as the clock's, so
 * they must hand over to an executor. Exceptions of a driver are its own to handle.
 *
 * <p>One of the waiting calls leads: it waits on its own clock until something can happen, and then
 * calls {@link #advance}. The others need no timer, except for a deadline.
 */
public abstract class Waiter implements Registration {

  private final SharedUpstream upstream;
  final Candidate call;

  private @Nullable Registration timer;
  private long timerAt;

  /** The number of timers that have been started, and of those that were due; it may overflow. */
  private byte timers;

  private boolean ended;

  // Guarded by the lock of the upstream.
  @Nullable WaitQueue queue;
  @Nullable Waiter previous;
  @Nullable Waiter next;
  private long turnNanos;
  private long budgetNanos;
  long expiresAt;
  boolean hasDeadline;
  @Nullable GiveUpReason refusal;

  /**
   * Creates a waiter.
   *
   * @param upstream the upstream that admits the call
   * @param call the call
   */
  protected Waiter(SharedUpstream upstream, Candidate call) {
    this.upstream = upstream;
    this.call = call;
  }

  /** Returns the clock by which calls of the upstream wait. */
  final BackoffClock clock() {
    return upstream.clock();
  }

  final Admission enter() {
    return upstream.enter(this);
  }

  final void addWait(WaitCause cause, long nanos) {
    switch (cause) {
      case RATE_LIMIT -> turnNanos += nanos;
      case RETRY_BUDGET -> budgetNanos += nanos;
    }
  }

  /**
   * Returns how long the call has waited. To be called when it does not wait any more.
   *
   * @param cause what it has waited for
   */
  public final long nanosOf(WaitCause cause) {
    return cause == WaitCause.RATE_LIMIT ? turnNanos : budgetNanos;
  }

  /** Leaves the queue, and stops the timer: to be called when the call does not wait any more. */
  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      if (timer != null) {
        stopTimer(timer);
        timer = null;
      }
    }
    upstream.leave(this);
  }

  /**
   * Starts a timer that calls {@link #advance}, unless one is due before or the call does not wait
   * any more. Exceptions of the clock are rethrown.
   */
  final synchronized void startTimer(long nanos, long at) {
    if (ended) {
      return;
    }
    if (timer != null) {
      if (timerAt - at <= 0) {
        return;
      }
      stopTimer(timer);
    }
    timerAt = at;
    byte number = ++timers;
    Registration started = clock().schedule(nanos, () -> onTimerDue(number));
    if (number == timers) { // otherwise the clock has run it at once, on this thread
      timer = requireNonNull(started, "the clock returned no timer");
    }
  }

  private void onTimerDue(byte number) {
    synchronized (this) {
      if (number == timers) {
        timers++;
        timer = null;
      }
    }
    advance();
  }

  private static void stopTimer(Registration timer) {
    Closeables.closeLogging(timer, Closeables.TIMER);
  }

  /** Lets those begin whose turn has come. To be called when a timer of this waiter is due. */
  protected final void advance() {
    upstream.advance(this);
  }

  /** {@return why the call was refused} To be called only if it was. */
  public final GiveUpReason refusal() {
    return requireNonNull(refusal, "not refused");
  }

  /** The call may begin an attempt. */
  protected abstract void onAdmitted();

  /** The call may not begin an attempt. */
  protected abstract void onRefused(GiveUpReason reason);

  /**
   * Calls {@link #advance} after {@code nanos}. If this is called again before, the earlier time
   * counts. Exceptions of the clock are rethrown.
   *
   * @param nanos the time from now
   * @param at the time of the clock after that
   * @param leads whether other calls depend on it; otherwise it is only this call's deadline
   */
  void onTimer(long nanos, long at, boolean leads) {
    startTimer(nanos, at);
  }

  /** The clock has rejected a timer, so that the call cannot go on. It has left the queue. */
  protected abstract void onRejected(Throwable rejection);
}
