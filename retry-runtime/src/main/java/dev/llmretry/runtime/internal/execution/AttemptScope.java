package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.util.Closeables;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The scope of an attempt that blocks no thread: its own token, and its time limit if there is one.
 *
 * <p>The first content, the end of the attempt, its time-out and its cancellation compete for
 * {@link #state}. {@code docs/concurrency.md} has the diagram.
 */
public abstract class AttemptScope extends ExecutionAttempt {

  private enum State {
    RUNNING,
    /** Content has been emitted: the attempt can no longer time out. */
    EMITTING,
    /** The time limit has passed. */
    TIMED_OUT,
    /** The attempt ended in time. */
    DONE,
    /** The attempt ended after its time limit, or was abandoned. */
    CANCELLED
  }

  private static final VarHandle STATE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(AttemptScope.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    NestedWaits.load(); // a time-out has to be handled even when no class can be loaded any more
  }

  private long startSequence = NestedRetryTracker.sequence();
  private volatile State state = State.RUNNING;

  private volatile @Nullable Registration timer;

  /** Begins an attempt. */
  protected AttemptScope(RetryExecution execution) {
    super(execution);
  }

  /**
   * Creates the token of an attempt with a time limit, if it has to be registered with that of the
   * call. To be called before {@link #startTimer} if the delegate can see the token: registering
   * with a contended token may block for longer than the time limit, and the attempt would have
   * timed out before it is made.
   */
  public final void registerToken() {
    if (execution().policy().isTimed() && execution().token() != CancellationToken.none()) {
      var unused = token();
    }
  }

  /**
   * Starts the timer, if the attempt has a time limit. To be called once, before the attempt is
   * made. Exceptions of the clock are rethrown.
   */
  public final void startTimer(CallScheduler scheduler) {
    long limit = execution().attemptLimitNanos();
    if (limit != Durations.UNLIMITED) {
      timer = scheduler.scheduleTimeout(limit, this::timeOut);
      if (state != State.RUNNING) { // it may not have seen the timer
        stopTimer();
      }
    }
  }

  /**
   * Begins anew to count errors as retried during this attempt. To be called right before the
   * attempt is made, by its thread, if that is later than when the scope was made.
   */
  public final void onStart() {
    startSequence = NestedRetryTracker.sequence();
  }

  private void timeOut() {
    if (STATE.compareAndSet(this, State.RUNNING, State.TIMED_OUT)) {
      NestedWaits.handleTimeOut(
          () -> {
            try {
              cancelToken();
            } finally {
              onTimedOut();
            }
          });
    }
  }

  /** Ends the attempt, after its time limit has passed and its token was cancelled. */
  protected abstract void onTimedOut();

  @Override
  final void onTokenCreated() {
    switch (state) {
      case DONE -> detachToken();
      case TIMED_OUT, CANCELLED -> cancelToken();
      case RUNNING, EMITTING -> {}
    }
  }

  /**
   * Returns whether the attempt may emit its first content, or has done so. If so, it can no longer
   * time out; if not, its time limit has passed or it has ended, and it must not emit anything.
   */
  public final boolean tryStartEmitting() {
    if (state == State.EMITTING) {
      return true;
    }
    if (STATE.compareAndSet(this, State.RUNNING, State.EMITTING)) {
      stopTimer();
      return true;
    }
    return state == State.EMITTING;
  }

  /** Returns whether content has been emitted, and the attempt has not ended since. */
  public final boolean isEmitting() {
    return state == State.EMITTING;
  }

  /** Returns whether the time limit has passed, and the attempt has not ended since. */
  public final boolean isTimedOut() {
    return state == State.TIMED_OUT;
  }

  /** Returns whether the attempt has ended or been cancelled. */
  public final boolean hasEnded() {
    State current = state;
    return current == State.DONE || current == State.CANCELLED;
  }

  /** Whether an attempt ended in time. */
  public enum End {
    /** It ended in time. */
    IN_TIME,
    /** It ended after its time limit. */
    LATE,
    /** It had ended or been cancelled before. */
    IGNORED
  }

  /** Ends the attempt, and returns whether it ended in time. */
  public final End end() {
    State before;
    State after;
    do {
      before = state;
      if (before == State.DONE || before == State.CANCELLED) {
        return End.IGNORED;
      }
      after = before == State.TIMED_OUT ? State.CANCELLED : State.DONE;
    } while (!STATE.compareAndSet(this, before, after));
    stopTimer();
    detachToken();
    return before == State.TIMED_OUT ? End.LATE : End.IN_TIME;
  }

  /** Abandons the attempt, and cancels its token. */
  public void cancel() {
    state = State.CANCELLED;
    stopTimer();
    cancelToken();
  }

  /**
   * Returns whether a nested retry exhausted its attempts on an error that arrives on this thread,
   * during this attempt.
   */
  public final boolean wasRetried(Throwable error) {
    return NestedRetryTracker.wasRetriedSince(startSequence, error);
  }

  private void stopTimer() {
    Registration started = timer;
    if (started != null) {
      Closeables.closeLogging(started, Closeables.TIMER);
    }
  }
}
