package dev.llmretry.runtime.internal.future;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.AttemptScope.End;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.ContextClassLoader;
import dev.llmretry.runtime.internal.execution.NestedRetryTracker;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.execution.Trampoline;
import dev.llmretry.runtime.internal.util.Closeables;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import dev.llmretry.runtime.internal.util.Throwables;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A retried call in progress that blocks no thread, and the future that its caller holds.
 *
 * <p>All transitions are compare-and-set on {@link #state}. It holds the object to cancel: the
 * attempt in flight or the timer of a delay; the thread whose compare-and-set replaces it owns the
 * call. While a thread owns the call, it holds a {@link State} constant; that thread rechecks for
 * cancellation after it has published its result. {@code docs/concurrency.md} has the diagram.
 *
 * <p>The call has few fields, since very many calls may wait at once.
 *
 * @param <T> the result
 */
public final class RetryFuture<T extends @Nullable Object> extends AbstractRetryFuture<T>
    implements BiConsumer<T, @Nullable Throwable>, Runnable {

  /** The values of {@link #state} when nothing is in flight. */
  private enum State {
    /** An attempt is being started. */
    STARTING,
    /** A failed attempt is being handled. */
    DECIDING,
    /** The delay elapsed before its timer was published. */
    ELAPSED,
    /** The upstream is asked to admit an attempt. */
    ENTERING,
    /** The upstream admitted the attempt before the waiter was published. */
    ADMITTED,
    /** The upstream refused the attempt before the waiter was published. */
    REFUSED,
    /** The executor has the next attempt. Can be cancelled. */
    QUEUED,
    /** The call has ended. */
    DONE
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(RetryFuture.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The runtime; or, once the call needs a state, the {@link RetryExecution}, which has it. */
  private Object environment;

  private final RetryPolicy policy;

  /** Cleared when the call has ended, as it may refer to large objects. */
  private @Nullable AsyncCall<? extends CompletionStage<? extends T>> operation;

  /**
   * A stage or a {@link FutureAttempt} in flight, the timer of a delay, a {@link FutureWaiter}, or
   * a {@link State}.
   */
  private volatile Object state = State.STARTING;

  /** The context class loader of the thread that made the call. */
  private @Nullable ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();

  private RetryFuture(
      RetryRuntime runtime,
      RetryPolicy policy,
      AsyncCall<? extends CompletionStage<? extends T>> operation) {
    this.environment = CallScheduler.forCall(runtime);
    this.policy = policy;
    this.operation = operation;
  }

  /**
   * Starts a call. The first attempt is made before this returns.
   *
   * @param <T> the result
   * @param runtime the environment of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @param operation makes an attempt
   * @return the first attempt's future if it is complete already and has a result, else the future
   *     of the call
   */
  public static <T extends @Nullable Object> CompletableFuture<T> start(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends CompletionStage<? extends T>> operation) {
    CancelledException cancelled = RetryExecution.checkNotCancelled(runtime, policy, token);
    if (cancelled != null) {
      return failedFuture(cancelled);
    }
    if (policy.hedgeAfter() != null) {
      return HedgedFuture.start(runtime, policy, token, operation);
    }
    RetryFuture<T> future = null;
    FutureAttempt<T> attempt = null;
    if (RetryExecution.needsAdmission(runtime)) {
      future = new RetryFuture<>(runtime, policy, operation).cancelledBy(token);
      if (!future.tryEnter()) {
        return future;
      }
    }
    long startSequence = NestedRetryTracker.sequence();
    CompletionStage<? extends T> stage;
    try {
      if (future == null && (needsAttempt(policy, operation) || runtime.listener() != null)) {
        future = new RetryFuture<>(runtime, policy, operation).cancelledBy(token);
      }
      if (future != null && needsAttempt(policy, operation)) {
        attempt = new FutureAttempt<>(future, future.execution());
        if (!future.tryStartTimer(attempt, State.STARTING)) {
          return future;
        }
      }
      if (future != null) {
        future.execution().onAttemptStarted();
      }
      int route = future == null ? 0 : future.execution().route();
      stage = makeAttempt(policy, operation, attempt, route);
    } catch (Error e) {
      if (future != null) {
        future.close(attempt);
      }
      throw e;
    } catch (Throwable e) {
      if (future == null) {
        future = new RetryFuture<>(runtime, policy, operation).cancelledBy(token);
      }
      return future.onFirstAttemptThrew(e, startSequence, attempt);
    }
    RejectedResultException rejected = null;
    if (hasResult(stage)) {
      rejected = policy.hasCheck() ? Results.reject(policy, cast(stage).join()) : null;
      if (rejected == null) {
        if (future != null) {
          future.close(attempt);
          future.execution().onSuccess();
        }
        return cast(stage);
      }
    }
    if (future == null) {
      future = new RetryFuture<>(runtime, policy, operation).cancelledBy(token);
    }
    if (rejected != null) {
      boolean wasRetried = TrackedFuture.hasExhausted(stage, rejected);
      future.continueOrFail(
          future.onFirstAttemptFailed(rejected, wasRetried, startSequence, attempt));
      return future;
    }
    if (attempt != null) {
      future.publish(attempt);
    }
    future.follow(stage, attempt, startSequence);
    return future;
  }

  /** Returns whether each attempt has a scope of its own. */
  private static boolean needsAttempt(RetryPolicy policy, AsyncCall<?> operation) {
    return !(operation instanceof PlainCall) || policy.isTimed();
  }

  private static <T extends @Nullable Object> CompletionStage<? extends T> makeAttempt(
      RetryPolicy policy,
      AsyncCall<? extends CompletionStage<? extends T>> operation,
      @Nullable FutureAttempt<T> attempt,
      int route)
      throws Throwable {
    CompletionStage<? extends T> stage =
        attempt == null
            ? ((PlainCall<? extends CompletionStage<? extends T>>) operation).start(route)
            : operation.call(attempt);
    return Results.requireReturned(policy, stage);
  }

  /**
   * Only for {@link CompletableFuture}: other stages may not support {@code toCompletableFuture}.
   */
  private static boolean hasResult(CompletionStage<?> stage) {
    try {
      return stage instanceof CompletableFuture<?> future
          && future.isDone()
          && !future.isCompletedExceptionally();
    } catch (Throwable e) {
      return false;
    }
  }

  /** Safe, since a completed future is only read. */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> CompletableFuture<T> cast(
      CompletionStage<? extends T> stage) {
    return (CompletableFuture<T>) stage;
  }

  /** Registers with the tokens, if there are any or attempts have a time limit. */
  private RetryFuture<T> cancelledBy(@Nullable CancellationToken token) {
    if (token != null || policy.isTimed() || runtime().token() != CancellationToken.none()) {
      start(token).onCancel(this::onTokenCancelled);
    }
    return this;
  }

  private RetryExecution start(@Nullable CancellationToken token) {
    var started = new RetryExecution(runtime(), policy, token);
    environment = started;
    return started;
  }

  private RetryRuntime runtime() {
    return environment instanceof RetryExecution started
        ? started.runtime()
        : (RetryRuntime) environment;
  }

  /** Returns the state of the call, or null if it has not needed one. */
  private @Nullable RetryExecution startedExecution() {
    return environment instanceof RetryExecution started ? started : null;
  }

  /** Created on first use: most calls have no token and do not fail, and so need no state. */
  private RetryExecution execution() {
    RetryExecution started = startedExecution();
    return started == null ? start(null) : started;
  }

  private CompletableFuture<T> onFirstAttemptThrew(
      Throwable error, long startSequence, @Nullable FutureAttempt<T> attempt) {
    Throwable end = onFirstAttemptFailed(error, false, startSequence, attempt);
    if (end == error) {
      close();
      execution().recordExhausted();
      // Unchecked: the method that makes the call declares this exception. See AsyncRetry.
      throw SneakyThrow.<RuntimeException>of(error);
    }
    continueOrFail(end);
    return this;
  }

  private @Nullable Throwable onFirstAttemptFailed(
      Throwable error, boolean wasRetried, long startSequence, @Nullable FutureAttempt<T> attempt) {
    boolean timedOut = attempt != null && attempt.end() == End.LATE;
    state = State.DECIDING; // this future is not visible yet, and tokens ignore STARTING
    boolean alreadyRetried = wasRetried || NestedRetryTracker.wasRetriedSince(startSequence, error);
    return execution().onAttemptFailed(error, timedOut, false, alreadyRetried);
  }

  private void runLaterAttempt() {
    try {
      ContextClassLoader.run(contextLoader, this::makeLaterAttempt);
    } catch (Throwable e) {
      abort(e);
    }
  }

  /**
   * Makes a later attempt, on the executor. One with a scope is published first, so that it can be
   * cancelled while it starts.
   */
  private void makeLaterAttempt() {
    if (!STATE.compareAndSet(this, State.QUEUED, State.STARTING)) {
      return;
    }
    Throwable end = execution().onDelayElapsed();
    if (end != null) {
      fail(end);
      return;
    }
    var retried = operation;
    if (retried == null) {
      return; // the call has ended
    }
    long startSequence = NestedRetryTracker.sequence();
    FutureAttempt<T> attempt = null;
    CompletionStage<? extends T> stage;
    try {
      if (needsAttempt(policy, retried)) {
        attempt = new FutureAttempt<>(this, execution());
      }
      execution().onAttemptStarted();
      if (attempt != null) {
        if (!publish(attempt) || !tryStartTimer(attempt, attempt)) {
          return;
        }
        cancelIfRequested();
        if (state != attempt) {
          return;
        }
      }
      stage = makeAttempt(policy, retried, attempt, execution().route());
    } catch (Throwable e) {
      boolean timedOut = attempt != null && attempt.end() == End.LATE;
      Object inFlight = attempt == null ? State.STARTING : attempt;
      if (STATE.compareAndSet(this, inFlight, State.DECIDING)) {
        boolean alreadyRetried = NestedRetryTracker.wasRetriedSince(startSequence, e);
        handleFailure(e, timedOut, false, alreadyRetried);
      } else if (attempt == null) {
        notifyCancelled();
      }
      return;
    }
    follow(stage, attempt, startSequence);
  }

  /**
   * Starts the timer of an attempt. If the clock rejects it, ends the call and returns false.
   *
   * @param expected the state of the call, unless it has ended meanwhile
   */
  private boolean tryStartTimer(FutureAttempt<T> attempt, Object expected) {
    try {
      if (!(operation instanceof PlainCall)) {
        attempt.registerToken();
      }
      attempt.startTimer(new CallScheduler(runtime()));
      return true;
    } catch (Throwable e) {
      attempt.cancel();
      if (STATE.compareAndSet(this, expected, State.DECIDING)) {
        fail(execution().onRejected(e));
      } else if (expected == State.STARTING) {
        notifyCancelled();
      }
      return false;
    }
  }

  /** Subscribes to an attempt that has been started. */
  private void follow(
      CompletionStage<? extends T> stage, @Nullable FutureAttempt<T> attempt, long startSequence) {
    if (attempt != null) { // it has been published
      attempt.follow(stage);
    } else if (publish(stage)) {
      try {
        boolean simple =
            stage instanceof CompletableFuture<?> pending
                && !pending.isDone()
                && !NestedRetryTracker.isEmitting();
        stage.whenComplete(simple ? this : new FirstCompletion<>(this, startSequence));
      } catch (Throwable e) {
        onFailed(stage, stage, e, false, NestedRetryTracker.wasRetriedSince(startSequence, e));
      }
    } else {
      return;
    }
    cancelIfRequested();
  }

  /**
   * Publishes an attempt as in flight; if the call has been ended concurrently, cancels the
   * attempt.
   */
  private boolean publish(Object inFlight) {
    boolean published = STATE.compareAndSet(this, State.STARTING, inFlight);
    if (!published) {
      cancelInFlight(inFlight);
      notifyCancelled();
    }
    return published;
  }

  /** Receives the outcome of an attempt without a scope. */
  @Override
  public void accept(T result, @Nullable Throwable error) {
    if (state instanceof CompletionStage<?> stage) {
      try {
        Throwable failure = failureOf(result, error);
        if (failure == null) {
          onSucceeded(stage, result);
        } else {
          boolean wasRetried = NestedRetryTracker.isEmitting(Throwables.unwrap(failure));
          onFailed(stage, stage, failure, false, wasRetried);
        }
      } catch (Throwable e) {
        abort(e);
      }
    }
  }

  /** Receives the outcome of an attempt in flight, unless the call has ended. */
  void onCompleted(
      FutureAttempt<T> inFlight,
      CompletionStage<?> stage,
      T result,
      @Nullable Throwable error,
      boolean timedOut) {
    Throwable failure = failureOf(result, error);
    if (failure == null) {
      onSucceeded(inFlight, result);
    } else {
      onFailed(inFlight, stage, failure, timedOut, inFlight.wasRetried(failure));
    }
  }

  /** Returns the error of an attempt, or of the check of its result; null if it has succeeded. */
  private @Nullable Throwable failureOf(T result, @Nullable Throwable error) {
    return error == null && policy.hasCheck() ? Results.reject(policy, result) : error;
  }

  private void onSucceeded(Object inFlight, T result) {
    if (STATE.compareAndSet(this, inFlight, State.DONE)) {
      try {
        close();
        RetryExecution started = startedExecution();
        if (started != null) {
          started.onSuccess();
        }
      } finally {
        end(result);
      }
    }
  }

  /**
   * Abandons a later attempt that has not returned its stage when it times out: it occupies a
   * thread of the executor. The first, which is not published before it returns, is waited for.
   */
  void onTimedOutWhileStarting(FutureAttempt<T> attempt) {
    if (STATE.compareAndSet(this, attempt, State.DECIDING)) {
      attempt.cancel();
      String message = "The attempt did not end when it was cancelled";
      handleFailure(new CancellationException(message), true, false, false);
    }
  }

  /** Receives the failure of an attempt in flight, unless the call has ended. */
  void onFailed(
      Object inFlight,
      CompletionStage<?> stage,
      Throwable error,
      boolean timedOut,
      boolean wasRetried) {
    if (STATE.compareAndSet(this, inFlight, State.DECIDING)) {
      boolean emitted = false;
      CompletionStage<?> source = stage;
      if (stage instanceof EmittingStage emitting) {
        emitted = emitting.hasEmitted();
        source = emitting.source();
      }
      boolean alreadyRetried =
          wasRetried || TrackedFuture.hasExhausted(source, Throwables.unwrap(error));
      handleFailure(error, timedOut, emitted, alreadyRetried);
    }
  }

  private void handleFailure(
      Throwable error, boolean timedOut, boolean emitted, boolean alreadyRetried) {
    Throwable cause = Throwables.unwrap(error);
    Throwable end = execution().onAttemptFailed(cause, timedOut, emitted, alreadyRetried);
    continueOrFail(end == cause ? error : end);
  }

  /** Ends the call with its terminal error; if that is null, schedules the next attempt. */
  private void continueOrFail(@Nullable Throwable end) {
    if (end != null) {
      fail(end);
      return;
    }
    long delay = execution().delayNanos();
    Registration timer = null;
    try {
      execution().startDeadlineTimer(new CallScheduler(runtime()), this::onDeadlinePassed);
      if (delay != 0) {
        timer =
            requireNonNull(runtime().clock().schedule(delay, this), "the clock returned no timer");
      }
    } catch (Throwable e) {
      fail(execution().onRejected(e));
      return;
    }
    if (timer == null) {
      if (!enter(State.DECIDING)) {
        notifyCancelled();
      }
    } else if (STATE.compareAndSet(this, State.DECIDING, timer)) {
      endIfRequested();
    } else if (!enter(State.ELAPSED)) {
      Closeables.closeLogging(timer, Closeables.TIMER);
      notifyCancelled();
    }
  }

  /** Ends the call if its deadline passes, or its token is cancelled, before this is published. */
  private void endIfRequested() {
    cancelIfRequested();
    if (execution().isDeadlinePassed()) {
      onDeadlinePassed();
    }
  }

  /** Ends a call that waits, on the clock's thread or on that of {@link #endIfRequested}. */
  private void onDeadlinePassed() {
    try {
      for (Object waiting = state; isWaiting(waiting); waiting = state) {
        if (STATE.compareAndSet(this, waiting, State.DECIDING)) {
          if (waiting instanceof Registration timer) {
            Closeables.closeLogging(timer, Closeables.TIMER);
          }
          fail(execution().onDeadlinePassed());
          return;
        }
      }
    } catch (Throwable e) {
      abort(e);
    }
  }

  private static boolean isWaiting(Object state) {
    return state == State.QUEUED || state instanceof Registration;
  }

  /** Ends the delay; runs on the clock's thread. */
  @Override
  public void run() {
    try {
      onDelayElapsed();
    } catch (Throwable e) {
      abort(e);
    }
  }

  private void onDelayElapsed() {
    while (true) {
      Object current = state;
      if (current == State.DECIDING) {
        if (STATE.compareAndSet(this, State.DECIDING, State.ELAPSED)) {
          return;
        }
      } else if (current instanceof Registration && !(current instanceof FutureWaiter)) {
        if (enter(current)) {
          return;
        }
      } else {
        return;
      }
    }
  }

  /**
   * Asks the upstream to admit the first attempt.
   *
   * @return whether the attempt may be made at once; otherwise the call waits, or has ended
   */
  private boolean tryEnter() {
    if (execution().tryBegin()) {
      return true;
    }
    state = State.ENTERING; // this future is not visible yet, and tokens ignore ENTERING
    var waiter = new FutureWaiter(this, execution());
    switch (execution().requestAdmission(waiter)) {
      case ADMITTED -> state = State.STARTING;
      case REFUSED -> fail(execution().onRefused(waiter.refusal()));
      case WAITING -> publish(waiter);
    }
    return state == State.STARTING;
  }

  /** Asks the upstream to admit the next attempt. If the call has been ended, returns false. */
  private boolean enter(Object from) {
    if (!STATE.compareAndSet(this, from, State.ENTERING)) {
      return false;
    }
    if (execution().tryBegin()) {
      enqueueAttempt(State.ENTERING);
      return true;
    }
    var waiter = new FutureWaiter(this, execution());
    switch (execution().requestAdmission(waiter)) {
      case ADMITTED -> enqueueAttempt(State.ENTERING);
      case REFUSED -> enqueueRefusal(State.ENTERING, waiter.refusal());
      case WAITING -> publish(waiter);
    }
    return true;
  }

  private void publish(FutureWaiter waiter) {
    if (STATE.compareAndSet(this, State.ENTERING, waiter)) {
      endIfRequested();
    } else if (state == State.ADMITTED) {
      enqueueAttempt(State.ADMITTED);
    } else if (state == State.REFUSED) {
      enqueueRefusal(State.REFUSED, waiter.refusal());
    } else if (!waiter.isRejected()) {
      waiter.close();
      notifyCancelled();
    }
  }

  void onAdmitted(FutureWaiter waiter) {
    if (!STATE.compareAndSet(this, State.ENTERING, State.ADMITTED) && state == waiter) {
      enqueueAttempt(waiter);
    }
  }

  void onRefused(FutureWaiter waiter) {
    if (!STATE.compareAndSet(this, State.ENTERING, State.REFUSED) && state == waiter) {
      enqueueRefusal(waiter, waiter.refusal());
    }
  }

  /** The clock has rejected a timer of the waiter. */
  void onRejected(FutureWaiter waiter, Throwable rejection) {
    Object current = state;
    if ((current == State.ENTERING || current == waiter)
        && STATE.compareAndSet(this, current, State.DECIDING)) {
      fail(execution().onRejected(rejection));
    }
  }

  private void enqueueAttempt(Object from) {
    if (STATE.compareAndSet(this, from, State.QUEUED)) {
      enqueue(() -> Trampoline.run(this, this::runLaterAttempt));
      endIfRequested();
    } else if (from instanceof State) {
      notifyCancelled();
    }
  }

  private void enqueueRefusal(Object from, GiveUpReason reason) {
    if (STATE.compareAndSet(this, from, State.QUEUED)) {
      enqueue(() -> refuse(reason));
    } else if (from instanceof State) {
      notifyCancelled();
    }
  }

  private void refuse(GiveUpReason reason) {
    if (STATE.compareAndSet(this, State.QUEUED, State.DECIDING)) {
      fail(execution().onRefused(reason));
    }
  }

  private void enqueue(Runnable step) {
    try {
      CallScheduler.executorOf(runtime()).execute(step);
    } catch (Throwable e) {
      if (STATE.compareAndSet(this, State.QUEUED, State.DECIDING)) {
        fail(execution().onRejected(e));
      }
    }
  }

  private void fail(Throwable end) {
    try {
      close();
      execution().withTerminalError(() -> endWith(policy, end));
    } finally {
      endWith(policy, end);
    }
  }

  /**
   * Ends the call after an unexpected error, such as a class that cannot be loaded any more, unless
   * a thread is ending it already.
   */
  void abort(Throwable error) {
    Object taken = STATE.getAndSet(this, State.DONE);
    if (taken != State.DONE) {
      try {
        close();
        cancelInFlight(taken);
      } finally {
        endExceptionally(error);
      }
    }
  }

  private void close(@Nullable FutureAttempt<T> attempt) {
    if (attempt != null) {
      attempt.end();
    }
    close();
  }

  /** Releases resources. */
  private void close() {
    state = State.DONE;
    operation = null;
    contextLoader = null;
    RetryExecution started = startedExecution();
    if (started != null) {
      started.close();
    }
  }

  private void cancelIfRequested() {
    RetryExecution started = startedExecution();
    if (started != null && started.token().isCancelled()) {
      onTokenCancelled();
    }
  }

  private void onTokenCancelled() {
    Object current = state;
    while (isCancellable(current)) {
      if (STATE.compareAndSet(this, current, State.DONE)) {
        Throwable end;
        try {
          close();
          end = execution().onCancelled();
          cancelInFlight(current);
        } catch (Throwable e) {
          end = e;
        }
        endExceptionally(end);
        return;
      }
      current = state;
    }
  }

  @Override
  void stop() {
    Object taken = STATE.getAndSet(this, State.DONE);
    if (isCancellable(taken)) {
      notifyCancelled();
      cancelInFlight(taken);
    }
  }

  private static boolean isCancellable(Object state) {
    return !(state instanceof State) || state == State.QUEUED;
  }

  private static void cancelInFlight(Object taken) {
    if (taken instanceof CompletionStage<?> stage) {
      Stages.cancel(stage);
    } else if (taken instanceof FutureAttempt<?> attempt) {
      attempt.cancel();
    } else if (taken instanceof Registration timer) {
      Closeables.closeLogging(timer, Closeables.TIMER);
    }
  }

  /** Notifies listeners of a call that was ended from outside. */
  private void notifyCancelled() {
    close();
    execution().onCancelled();
  }

  @Override
  boolean hasExhausted(Throwable error) {
    RetryExecution started = startedExecution();
    return started != null && started.hasExhausted(error);
  }

  @Override
  void recordExhausted() {
    RetryExecution started = startedExecution();
    if (started != null) {
      started.recordExhausted();
    }
  }

  /**
   * Receives the first completion of a stage for which {@link RetryFuture#accept} is not
   * sufficient: one of another implementation, which may complete twice; one that has failed
   * already, perhaps after retries on this thread; or one that was started while another call's
   * error is being emitted on this thread, which is not this attempt's error.
   *
   * @param <T> the result
   */
  private static final class FirstCompletion<T extends @Nullable Object> extends AtomicBoolean
      implements BiConsumer<T, @Nullable Throwable> {

    private static final long serialVersionUID = 1;

    private final transient RetryFuture<T> future;
    private final transient long startSequence;

    FirstCompletion(RetryFuture<T> future, long startSequence) {
      this.future = future;
      this.startSequence = startSequence;
    }

    @Override
    public void accept(T result, @Nullable Throwable error) {
      if (compareAndSet(false, true) && future.state instanceof CompletionStage<?> stage) {
        Throwable failure = future.failureOf(result, error);
        if (failure == null) {
          future.onSucceeded(stage, result);
        } else {
          boolean wasRetried = NestedRetryTracker.wasRetriedSince(startSequence, failure);
          future.onFailed(stage, stage, failure, false, wasRetried);
        }
      }
    }
  }
}
