package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.Closing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Bounds one attempt: when its time is up, cancels the attempt's own token, then interrupts its
 * thread.
 *
 * <p>The interrupt must not hit the thread after the attempt is over. So the two sides move through
 * states by compare-and-set, and the side of the attempt waits out the moment between the decision
 * to interrupt and the interrupt itself. What it takes back is its own interrupt alone: one that
 * was there before, or that the time-out of an attempt around this one has sent, is sent again,
 * since the attempt may have answered both at once. One that comes once the time is up is taken for
 * ours, or for an answer to the cancelled token. So an interrupt that somebody else sends between
 * that and the attempt's end, or that the attempt itself took before and gives back after, cannot
 * be told from it, and is lost.
 */
final class AttemptTimer implements Runnable {

  private static final int ARMED = 0;
  private static final int CANCELLING = 1;
  private static final int INTERRUPTING = 2;
  private static final int INTERRUPTED = 3;
  private static final int DISARMED = 4;
  private static final int OVER = 5;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(AttemptTimer.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The timers of the attempts that this thread is in, the innermost; removed when it ends. */
  private static final ThreadLocal<AttemptTimer> CURRENT = new ThreadLocal<>();

  private final Thread thread = Thread.currentThread();
  private final @Nullable AttemptTimer outer = CURRENT.get();
  private final CancellationSource source;
  private final Registration timer;
  private boolean wasInterrupted;
  private volatile int state = ARMED;

  /** Starts an attempt on this thread. */
  AttemptTimer(BackoffClock clock, long nanos, CancellationToken parent) {
    source = CancellationSource.childOf(parent);
    try {
      timer = clock.schedule(nanos, this);
    } catch (Throwable e) {
      source.detach();
      throw e;
    }
    CURRENT.set(this);
  }

  /** Returns the attempt's own token. */
  CancellationToken token() {
    return source.token();
  }

  @Override
  public void run() {
    if (state != ARMED) {
      return; // a clock that runs it twice, or too late
    }
    wasInterrupted = thread.isInterrupted();
    if (!STATE.compareAndSet(this, ARMED, CANCELLING)) {
      return;
    }
    source.cancel();
    if (STATE.compareAndSet(this, CANCELLING, INTERRUPTING)) {
      thread.interrupt();
      state = INTERRUPTED;
    }
  }

  /**
   * Lets the attempt take all the time that it likes, unless its time is up already.
   *
   * @return whether it was not
   */
  boolean disarm() {
    if (STATE.compareAndSet(this, ARMED, DISARMED)) {
      close(timer);
    }
    return state == DISARMED;
  }

  /**
   * Ends the attempt, on its thread.
   *
   * @return whether its time was up
   */
  boolean end() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
    boolean timedOut = !STATE.compareAndSet(this, ARMED, OVER) && state != DISARMED;
    if (timedOut) {
      takeBackInterrupt();
    }
    close(timer);
    source.detach();
    return timedOut;
  }

  private void takeBackInterrupt() {
    if (!STATE.compareAndSet(this, CANCELLING, OVER)) {
      waitForInterrupt();
    }
    Thread.interrupted();
    boolean others = wasInterrupted;
    for (AttemptTimer around = outer; around != null; around = around.outer) {
      others |= around.waitForInterrupt();
    }
    if (others) {
      thread.interrupt();
    }
  }

  /** Returns whether this timer has interrupted the thread, once that is certain. */
  private boolean waitForInterrupt() {
    while (state == INTERRUPTING) {
      Thread.onSpinWait();
    }
    return state == INTERRUPTED;
  }

  /** What the clock does when a timer is taken back must not spoil the attempt's result. */
  private static void close(Registration registration) {
    Closing.logged(registration, "A clock failed to take back a timer");
  }
}
