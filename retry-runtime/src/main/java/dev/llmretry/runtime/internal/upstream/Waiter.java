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

  final Candidate call;

  /** The upstream that was asked last; null before. */
  private volatile @Nullable SharedUpstream upstream;

  private @Nullable Registration timer;
  private long timerAt;

  /** Changes when a timer is started and when it is due, to recognise one that is outdated. */
  private byte timers;

  private volatile boolean ended;

  // Guarded by the lock of the upstream.
  @Nullable WaitQueue queue;
  @Nullable Waiter previous;
  @Nullable Waiter next;
  private long turnNanos;
  private long budgetNanos;
  long expiresAt;
  boolean hasDeadline;
  @Nullable GiveUpReason refusal;

  /** The attempt, as counted by the breaker of its route; null if nothing limits it. */
  @Nullable Ticket ofRoute;

  /**
   * Creates a waiter.
   *
   * @param call the call
   */
  protected Waiter(Candidate call) {
    this.call = call;
  }

  /** Called by an upstream before it enqueues this waiter. */
  final void ask(SharedUpstream asked) {
    if (upstream != null && upstream != asked) {
      stopTimer();
    }
    upstream = asked;
  }

  private SharedUpstream upstream() {
    return requireNonNull(upstream, "no upstream has been asked");
  }

  /** Returns the clock by which calls of the upstream wait. */
  final BackoffClock clock() {
    return upstream().clock();
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
    ended = true;
    stopTimer();
    leave();
  }

  private void leave() {
    SharedUpstream asked = upstream;
    while (asked != null) {
      asked.leave(this);
      SharedUpstream current = upstream; // it may have moved to another meanwhile
      asked = current == asked ? null : current;
    }
  }

  /** The timer of an upstream that is not asked any more has to be stopped. */
  void stopTimer() {
    synchronized (this) {
      if (timer != null) {
        Closeables.closeLogging(timer, Closeables.TIMER);
        timer = null;
      }
    }
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
      stopTimer();
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

  /** Lets those begin whose turn has come. To be called when a timer of this waiter is due. */
  protected final void advance() {
    upstream().advance(this);
  }

  /** Notifies the call that it does not wait any more, unless it asks another upstream. */
  final void end() {
    Admission outcome = refusal == null ? Admission.ADMITTED : call.onRefused(this);
    switch (outcome) {
      case ADMITTED -> onAdmitted();
      case REFUSED -> onRefused(refusal());
      case WAITING -> {
        if (ended) { // it was not in a queue when it was closed
          leave();
        }
      }
    }
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
