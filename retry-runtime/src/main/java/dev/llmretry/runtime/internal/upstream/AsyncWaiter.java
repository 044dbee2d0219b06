package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.Closeables;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits without a thread. Its methods {@code on…} may run on the clock's thread, so
 * they must hand over to an executor.
 */
public abstract class AsyncWaiter extends Waiter {

  private @Nullable Registration timer;
  private long timerAt;
  private boolean ended;

  /**
   * Creates a waiter.
   *
   * @param upstream the upstream that admits the call
   * @param call the call
   */
  protected AsyncWaiter(SharedUpstream upstream, Candidate call) {
    super(upstream, call);
  }

  /** The clock has rejected a timer, so that the call cannot go on. */
  protected abstract void onRejected(Throwable rejection);

  @Override
  protected final void onTimer(long nanos, long at, boolean leads) {
    try {
      startTimer(nanos, at);
    } catch (Throwable e) {
      close();
      onRejected(e);
    }
  }

  private synchronized void startTimer(long nanos, long at) {
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
    timer =
        requireNonNull(clock().schedule(nanos, this::onTimerDue), "the clock returned no timer");
  }

  private void onTimerDue() {
    synchronized (this) {
      timer = null;
    }
    advance();
  }

  /** Leaves the queue, and stops the timer: to be called when the call does not wait any more. */
  @Override
  public final void close() {
    synchronized (this) {
      ended = true;
      if (timer != null) {
        stopTimer(timer);
        timer = null;
      }
    }
    super.close();
  }

  private static void stopTimer(Registration timer) {
    Closeables.closeLogging(timer, Closeables.TIMER);
  }
}
