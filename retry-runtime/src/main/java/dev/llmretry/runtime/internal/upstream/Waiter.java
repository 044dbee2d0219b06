package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits to be admitted by an upstream. Each driver has its own way to wait. The methods
 * {@code on…} are called without a lock, by any thread; exceptions of a driver are its own to
 * handle.
 *
 * <p>One of the waiting calls leads: it waits on its own clock until something can happen, and then
 * calls {@link #advance}. The others need no timer, except for a deadline.
 */
public abstract class Waiter implements Registration {

  private final SharedUpstream upstream;
  final Candidate call;

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

  /** Leaves the queue, if the call still waits. */
  @Override
  public void close() {
    upstream.leave(this);
  }

  /** Lets those begin whose turn has come. To be called when a timer of this waiter is due. */
  protected final void advance() {
    upstream.advance(this);
  }

  /** {@return why the call was refused} To be called only if it was. */
  public final GiveUpReason refusal() {
    return Objects.requireNonNull(refusal, "not refused");
  }

  /** The call may begin an attempt. */
  protected abstract void onAdmitted();

  /** The call may not begin an attempt. */
  protected abstract void onRefused(GiveUpReason reason);

  /**
   * The waiter has to call {@link #advance} after {@code nanos}. If it is told so again before, the
   * earlier time counts.
   *
   * @param nanos the time from now
   * @param at the time of the clock after that
   * @param leads whether other calls depend on it; otherwise it is only this call's deadline
   */
  protected abstract void onTimer(long nanos, long at, boolean leads);
}
