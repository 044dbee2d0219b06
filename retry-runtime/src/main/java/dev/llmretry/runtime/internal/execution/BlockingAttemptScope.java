package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.util.Closeables;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The scope of an attempt that blocks its thread: when its time limit passes, its token is
 * cancelled and then its thread interrupted.
 *
 * <p>The interrupt must not reach the thread after the attempt has ended. So the timer and the
 * attempt's thread change {@link #state} by compare-and-set, and at the end of the attempt the
 * thread spins until the interrupt has been sent. It clears that interrupt only: one that was
 * pending before, or that the time-out of an enclosing attempt has sent, is sent again, since the
 * attempt may have responded to both at once. An interrupt that arrives after the time limit is
 * treated as the time-out's; one that another thread sends between the time limit and the end of
 * the attempt, or that the attempt consumed earlier and restores later, cannot be distinguished
 * from it and is lost. {@code docs/concurrency.md} has the diagram.
 */
public final class BlockingAttemptScope extends ExecutionAttempt implements Runnable {

  private enum State {
    ARMED,
    CANCELLING,
    INTERRUPTING,
    INTERRUPTED,
    /** The attempt has emitted content, and can no longer time out. */
    DISARMED,
    /** The attempt ended after its time limit, before it was interrupted. */
    EXPIRED,
    DONE
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE =
          MethodHandles.lookup().findVarHandle(BlockingAttemptScope.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The innermost scope of the current thread; null if there is none. It is not removed: that would
   * cost each call a new entry.
   */
  private static final ThreadLocal<@Nullable BlockingAttemptScope> CURRENT = new ThreadLocal<>();

  private final Thread thread = Thread.currentThread();
  private final @Nullable BlockingAttemptScope outer = CURRENT.get();

  /** Null if the settings have removed the time limit for which the code was generated. */
  private final @Nullable Registration timer;

  private boolean wasInterrupted;
  private volatile State state = State.ARMED;

  /**
   * Starts an attempt on this thread. Exceptions of the clock are rethrown.
   *
   * @param execution the call
   */
  public BlockingAttemptScope(RetryExecution execution) {
    super(execution);
    if (execution.token() != CancellationToken.none()) {
      var unused = token(); // before the time limit begins: registering may block
    }
    try {
      long limit = execution.attemptLimitNanos();
      timer =
          limit == Durations.UNLIMITED ? null : execution.runtime().clock().schedule(limit, this);
    } catch (Throwable e) {
      detachToken();
      throw e;
    }
    CURRENT.set(this);
  }

  @Override
  void onTokenCreated() {
    switch (state) {
      case DONE -> detachToken();
      case CANCELLING, INTERRUPTING, INTERRUPTED, EXPIRED -> cancelToken();
      case ARMED, DISARMED -> {}
    }
  }

  /** Called by the clock's thread when the time limit has passed. */
  @Override
  public void run() {
    if (state != State.ARMED) {
      return; // the clock ran it twice, or too late
    }
    wasInterrupted = thread.isInterrupted();
    if (!STATE.compareAndSet(this, State.ARMED, State.CANCELLING)) {
      return;
    }
    cancelToken();
    if (STATE.compareAndSet(this, State.CANCELLING, State.INTERRUPTING)) {
      thread.interrupt();
      state = State.INTERRUPTED;
    }
  }

  /**
   * {@return whether the attempt may emit its first content, or has done so} If so, it can no
   * longer time out. May be called by any thread.
   */
  public boolean tryStartEmitting() {
    if (STATE.compareAndSet(this, State.ARMED, State.DISARMED)) {
      closeTimer();
    }
    return state == State.DISARMED;
  }

  /**
   * Ends the attempt, on its thread.
   *
   * @return whether its time limit had passed
   */
  public boolean end() {
    CURRENT.set(outer);
    boolean timedOut =
        !STATE.compareAndSet(this, State.ARMED, State.DONE) && state != State.DISARMED;
    if (timedOut) {
      clearInterrupt();
    }
    closeTimer();
    detachToken();
    return timedOut;
  }

  private void clearInterrupt() {
    if (!STATE.compareAndSet(this, State.CANCELLING, State.EXPIRED)) {
      awaitInterrupt();
    }
    Thread.interrupted();
    boolean others = wasInterrupted;
    for (BlockingAttemptScope around = outer; around != null; around = around.outer) {
      others |= around.awaitInterrupt();
    }
    if (others) {
      thread.interrupt();
    }
  }

  /** Returns whether this scope has interrupted the thread; waits for an interrupt in progress. */
  private boolean awaitInterrupt() {
    while (state == State.INTERRUPTING) {
      Thread.onSpinWait();
    }
    return state == State.INTERRUPTED;
  }

  /** Logs exceptions of the clock, which must not replace the attempt's result. */
  private void closeTimer() {
    if (timer != null) {
      Closeables.closeLogging(timer, Closeables.TIMER);
    }
  }
}
