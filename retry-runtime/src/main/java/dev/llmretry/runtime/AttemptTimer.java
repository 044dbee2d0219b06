package dev.llmretry.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Bounds one attempt: when its time is up, cancels the attempt's own token, then interrupts its
 * thread.
 *
 * <p>The interrupt must not hit the thread after the attempt is over. So the two sides move through
 * states by compare-and-set, and the side of the attempt waits out the moment between the decision
 * to interrupt and the interrupt itself. An interrupt that somebody else sends in that very moment,
 * or that the attempt itself took before and gives back after, cannot be told from ours, and is
 * lost.
 */
final class AttemptTimer implements Runnable {

  private static final int ARMED = 0;
  private static final int CANCELLING = 1;
  private static final int INTERRUPTING = 2;
  private static final int INTERRUPTED = 3;
  private static final int OVER = 4;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(AttemptTimer.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Thread thread = Thread.currentThread();
  private final CancellationSource source;
  private final Registration timer;
  private boolean wasInterrupted;
  private volatile int state = ARMED;

  /** Starts an attempt on this thread. */
  AttemptTimer(BackoffClock clock, long nanos, CancellationToken parent) {
    source = CancellationSource.childOf(parent);
    timer = clock.schedule(nanos, this);
  }

  /** Returns the attempt's own token. */
  CancellationToken token() {
    return source.token();
  }

  @Override
  public void run() {
    if (!STATE.compareAndSet(this, ARMED, CANCELLING)) {
      return;
    }
    source.cancel();
    wasInterrupted = thread.isInterrupted();
    if (STATE.compareAndSet(this, CANCELLING, INTERRUPTING)) {
      thread.interrupt();
      state = INTERRUPTED;
    }
  }

  /**
   * Ends the attempt, on its thread.
   *
   * @return whether its time was up
   */
  boolean end() {
    timer.close();
    source.detach();
    if (STATE.compareAndSet(this, ARMED, OVER)) {
      return false;
    }
    if (STATE.compareAndSet(this, CANCELLING, OVER)) {
      return true;
    }
    while (state == INTERRUPTING) {
      Thread.onSpinWait();
    }
    if (!wasInterrupted) {
      Thread.interrupted();
    }
    return true;
  }
}
