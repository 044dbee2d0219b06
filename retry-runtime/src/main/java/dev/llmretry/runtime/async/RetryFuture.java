package dev.llmretry.runtime.async;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetriedCall;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.Undeclared;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call in progress that blocks no thread, and the future that stands for it.
 *
 * <p>Attempts, the timer, tokens, and whoever completes this future from outside meet at one field:
 * {@link #step} says what is going on. What can be stopped is taken away by compare-and-set, and
 * whoever takes it decides what becomes of the call. While a thread is working on the call, the
 * field holds a {@link Busy} constant; a thread that would stop the call meanwhile leaves that to
 * the busy one, which looks again when it puts down what it made.
 *
 * <p>Everything is in few fields, since very many calls may wait at once.
 */
final class RetryFuture<T extends @Nullable Object> extends MarkedFuture<T>
    implements BiConsumer<T, @Nullable Throwable>, Runnable {

  /** What {@link #step} holds where there is nothing to take away. */
  private enum Busy {
    /** An attempt is being begun. */
    CALLING,
    /** A failed attempt is being judged. */
    JUDGING,
    /** The wait was over before it was put down. */
    WAITED,
    /** The next attempt is in the executor's hands. May be taken away. */
    QUEUED,
    /** The call is over. */
    OVER
  }

  /** When an attempt began that is in flight by itself: to remember that costs memory. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  private static final VarHandle STEP;

  static {
    try {
      STEP = MethodHandles.lookup().findVarHandle(RetryFuture.class, "step", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RetryRuntime runtime;
  private final RetryPolicy policy;

  /** Let go of when the call is over: what it refers to may be large. */
  private @Nullable AsyncCall<? extends CompletionStage<? extends T>> operation;

  /** A stage or a scoped attempt in flight, the registration of a wait, or a constant. */
  private volatile Object step = Busy.CALLING;

  private @Nullable RetriedCall call;

  private RetryFuture(
      RetryRuntime runtime,
      RetryPolicy policy,
      AsyncCall<? extends CompletionStage<? extends T>> operation) {
    this.runtime = runtime.forCall();
    this.policy = policy;
    this.operation = operation;
  }

  /**
   * Begins a call.
   *
   * @param token the call's own token; null if {@code operation} takes none
   */
  static <T extends @Nullable Object> CompletableFuture<T> start(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends CompletionStage<? extends T>> operation) {
    CancelledException cancelled = RetriedCall.cancelledBefore(runtime, policy, token);
    if (cancelled != null) {
      return failedFuture(cancelled);
    }
    RetryFuture<T> future = null;
    ScopedAttempt<T> scope = null;
    long begun = RetriedCall.now();
    CompletionStage<? extends T> stage;
    try {
      if (token != null || policy.isTimed()) {
        future = new RetryFuture<>(runtime, policy, operation).watched(token);
        scope = new ScopedAttempt<>(future, future.runtime, future.call(), begun);
      }
      stage = begin(policy, operation, scope);
    } catch (Error e) {
      if (future != null) {
        future.close(scope);
      }
      throw e;
    } catch (Throwable e) {
      if (future == null) {
        future = new RetryFuture<>(runtime, policy, operation).watched(null);
      }
      return future.threwAtFirst(e, begun, scope);
    }
    if (isResult(stage)) {
      if (future == null) {
        RetriedCall.succeededAtOnce(runtime, policy);
      } else {
        future.close(scope);
        future.call().succeeded();
      }
      return cast(stage);
    }
    if (future == null) {
      future = new RetryFuture<>(runtime, policy, operation).watched(null);
    }
    future.follow(stage, scope, begun);
    return future;
  }

  private static <T extends @Nullable Object> CompletionStage<? extends T> begin(
      RetryPolicy policy,
      AsyncCall<? extends CompletionStage<? extends T>> operation,
      @Nullable ScopedAttempt<T> scope)
      throws Throwable {
    return Stages.required(
        scope == null
            ? operation.call(CancellationToken.none())
            : operation.call(scope.token(), scope::elementsMayBegin),
        policy);
  }

  /** A stage that is no more than one may be a future that refuses to say, or fails to. */
  private static boolean isResult(CompletionStage<?> stage) {
    try {
      return stage instanceof CompletableFuture<?> future
          && future.isDone()
          && !future.isCompletedExceptionally();
    } catch (Throwable e) {
      return false;
    }
  }

  /** What is complete is only read. */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> CompletableFuture<T> cast(
      CompletionStage<? extends T> stage) {
    return (CompletableFuture<T>) stage;
  }

  /** Has the tokens stop this call, where there are any. */
  private RetryFuture<T> watched(@Nullable CancellationToken token) {
    if (token != null || policy.isTimed() || runtime.token() != CancellationToken.none()) {
      var watched = new RetriedCall(runtime, policy, token);
      call = watched;
      watched.onCancel(this::stopByToken);
    }
    return this;
  }

  /** Most calls have no token and do not fail, and then need none. */
  private RetriedCall call() {
    RetriedCall made = call;
    if (made == null) {
      made = new RetriedCall(runtime, policy, null);
      call = made;
    }
    return made;
  }

  private CompletableFuture<T> threwAtFirst(
      Throwable error, long begun, @Nullable ScopedAttempt<T> scope) {
    boolean timedOut = scope != null && scope.end();
    step = Busy.JUDGING; // nobody has this future yet, and tokens leave a busy one alone
    boolean nested = RetriedCall.retriedInsideSince(begun, error);
    Throwable end = call().failed(error, timedOut, nested ? GiveUpReason.RETRIED_INSIDE : null);
    if (end == error) {
      close();
      call().leavesOnThisThread();
      // What it declares, the caller's caller declares: see AsyncRetry.
      throw Undeclared.<RuntimeException>thrown(error);
    }
    goOn(end);
    return this;
  }

  /** Makes a later attempt, in the executor. One with a scope can be stopped as it begins. */
  private void attempt() {
    if (!STEP.compareAndSet(this, Busy.QUEUED, Busy.CALLING)) {
      return;
    }
    Throwable end = call().waited();
    if (end != null) {
      fail(end);
      return;
    }
    var attempted = operation;
    if (attempted == null) {
      return; // over
    }
    long begun = RetriedCall.now();
    ScopedAttempt<T> scope = null;
    CompletionStage<? extends T> stage;
    try {
      if (attempted.takesToken() || policy.isTimed()) {
        scope = scope(begun);
        if (scope == null || !putDown(scope)) {
          return;
        }
        stopIfCancelled();
        if (step != scope) {
          return;
        }
      }
      stage = begin(policy, attempted, scope);
    } catch (Throwable e) {
      boolean timedOut = scope != null && scope.end();
      Object inFlight = scope == null ? Busy.CALLING : scope;
      if (STEP.compareAndSet(this, inFlight, Busy.JUDGING)) {
        boolean nested = RetriedCall.retriedInsideSince(begun, e);
        judge(e, timedOut, nested ? GiveUpReason.RETRIED_INSIDE : null);
      } else if (scope == null) {
        tellStopped();
      }
      return;
    }
    follow(stage, scope, begun);
  }

  /** Returns what bounds a later attempt; or null, and ends the call, if the clock refuses. */
  private @Nullable ScopedAttempt<T> scope(long begun) {
    try {
      return new ScopedAttempt<>(this, runtime, call(), begun);
    } catch (Throwable e) {
      if (STEP.compareAndSet(this, Busy.CALLING, Busy.JUDGING)) {
        fail(call().rejected(e));
      } else {
        tellStopped();
      }
      return null;
    }
  }

  /** Listens to an attempt that has begun. */
  private void follow(
      CompletionStage<? extends T> stage, @Nullable ScopedAttempt<T> scope, long begun) {
    if (scope != null) {
      if (step == Busy.CALLING) {
        putDown(scope);
      }
      scope.follow(stage);
    } else if (putDown(stage)) {
      try {
        boolean simple =
            stage instanceof CompletableFuture<?> pending
                && !pending.isDone()
                && !RetriedCall.isDelivering();
        stage.whenComplete(simple ? this : new OneAnswer<>(this, begun));
      } catch (Throwable e) {
        failed(stage, stage, e, false, begun);
      }
    } else {
      return;
    }
    stopIfCancelled();
  }

  /** Has an attempt be what is going on; if the call has been stopped meanwhile, gives it up. */
  private boolean putDown(Object inFlight) {
    boolean put = STEP.compareAndSet(this, Busy.CALLING, inFlight);
    if (!put) {
      abandon(inFlight);
      tellStopped();
    }
    return put;
  }

  /** Takes what an attempt without a scope results in. */
  @Override
  public void accept(T result, @Nullable Throwable error) {
    accept(result, error, UNKNOWN);
  }

  private void accept(T result, @Nullable Throwable error, long begun) {
    if (step instanceof CompletionStage<?> stage) {
      ended(stage, stage, result, error, false, begun);
    }
  }

  /** Takes what an attempt in flight results in, unless the call is over. */
  void ended(
      Object inFlight,
      CompletionStage<?> stage,
      T result,
      @Nullable Throwable error,
      boolean timedOut,
      long begun) {
    if (error != null) {
      failed(inFlight, stage, error, timedOut, begun);
    } else if (STEP.compareAndSet(this, inFlight, Busy.OVER)) {
      close();
      if (call == null) {
        RetriedCall.succeededAtOnce(runtime, policy);
      } else {
        call.succeeded();
      }
      super.complete(result);
    }
  }

  /** Takes what an attempt in flight fails with, unless the call is over. */
  void failed(
      Object inFlight, CompletionStage<?> stage, Throwable error, boolean timedOut, long begun) {
    if (STEP.compareAndSet(this, inFlight, Busy.JUDGING)) {
      Throwable cause = Stages.unwrap(error);
      if (GatedFuture.hasDelivered(stage)) {
        judge(error, timedOut, GiveUpReason.DELIVERED);
      } else {
        boolean nested =
            MarkedFuture.hasRetriedInVain(GatedFuture.behind(stage), cause)
                || (begun == UNKNOWN
                    ? RetriedCall.isBeingDelivered(cause)
                    : RetriedCall.retriedInsideSince(begun, cause));
        judge(error, timedOut, nested ? GiveUpReason.RETRIED_INSIDE : null);
      }
    }
  }

  private void judge(Throwable error, boolean timedOut, @Nullable GiveUpReason obstacle) {
    Throwable cause = Stages.unwrap(error);
    Throwable end = call().failed(cause, timedOut, obstacle);
    goOn(end == cause ? error : end);
  }

  /** Ends the call with an error, or, without one, waits for the next attempt. */
  private void goOn(@Nullable Throwable end) {
    if (end != null) {
      fail(end);
      return;
    }
    long delay = call().delayNanos();
    if (delay == 0) {
      if (STEP.compareAndSet(this, Busy.JUDGING, Busy.QUEUED)) {
        enqueue();
        stopIfCancelled();
      } else {
        tellStopped();
      }
      return;
    }
    Registration wait;
    try {
      wait = requireNonNull(runtime.clock().schedule(delay, this), "the clock returned no timer");
    } catch (Throwable e) {
      fail(call().rejected(e));
      return;
    }
    if (STEP.compareAndSet(this, Busy.JUDGING, wait)) {
      stopIfCancelled();
    } else if (STEP.compareAndSet(this, Busy.WAITED, Busy.QUEUED)) {
      enqueue();
      stopIfCancelled();
    } else {
      Stages.close(wait);
      tellStopped();
    }
  }

  /** Ends the wait; runs on the clock's thread. */
  @Override
  public void run() {
    while (true) {
      Object current = step;
      if (current == Busy.JUDGING) {
        if (STEP.compareAndSet(this, Busy.JUDGING, Busy.WAITED)) {
          return;
        }
      } else if (current instanceof Registration) {
        if (STEP.compareAndSet(this, current, Busy.QUEUED)) {
          enqueue();
          return;
        }
      } else {
        return;
      }
    }
  }

  private void enqueue() {
    try {
      runtime.executor().execute(() -> LaterAttempts.run(this, this::attempt));
    } catch (Throwable e) {
      if (STEP.compareAndSet(this, Busy.QUEUED, Busy.JUDGING)) {
        fail(call().rejected(e));
      }
    }
  }

  private void fail(Throwable end) {
    close();
    call().deliver(() -> super.completeExceptionally(end));
  }

  private void close(@Nullable ScopedAttempt<T> scope) {
    if (scope != null) {
      scope.end();
    }
    close();
  }

  /** Lets go of everything. */
  private void close() {
    step = Busy.OVER;
    operation = null;
    if (call != null) {
      call.close();
    }
  }

  private void stopIfCancelled() {
    if (call != null && call.token().isCancelled()) {
      stopByToken();
    }
  }

  private void stopByToken() {
    Object current = step;
    while (canBeTaken(current)) {
      if (STEP.compareAndSet(this, current, Busy.OVER)) {
        close();
        CancelledException cancelled = call().cancelled();
        abandon(current);
        super.completeExceptionally(cancelled);
        return;
      }
      current = step;
    }
  }

  /**
   * Ends the call before this future is completed from outside: who hears of that finds it over.
   */
  private void stop() {
    Object taken = STEP.getAndSet(this, Busy.OVER);
    if (canBeTaken(taken)) {
      tellStopped();
      abandon(taken);
    }
  }

  private static boolean canBeTaken(Object step) {
    return !(step instanceof Busy) || step == Busy.QUEUED;
  }

  private static void abandon(Object taken) {
    if (taken instanceof CompletionStage<?> stage) {
      Stages.cancel(stage);
    } else if (taken instanceof ScopedAttempt<?> scope) {
      scope.abandon();
    } else if (taken instanceof Registration wait) {
      Stages.close(wait);
    }
  }

  /** Has listeners hear of a call that was ended from outside. */
  private void tellStopped() {
    close();
    call().cancelled();
  }

  boolean hasRetriedInVain(Throwable error) {
    return call != null && call.hasRetriedInVain(error);
  }

  void leavesOnThisThread() {
    if (call != null) {
      call.leavesOnThisThread();
    }
  }

  @Override
  RetryFuture<?> origin() {
    return this;
  }

  @Override
  public boolean complete(T value) {
    stop();
    return super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    stop();
    return super.completeExceptionally(error);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    stop();
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public void obtrudeValue(T value) {
    stop();
    super.obtrudeValue(value);
  }

  @Override
  public void obtrudeException(Throwable error) {
    stop();
    super.obtrudeException(error);
  }

  /** The JDK's would complete this future past {@link #complete}. */
  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    executor.execute(
        () -> {
          try {
            complete(supplier.get());
          } catch (Throwable e) {
            completeExceptionally(e);
          }
        });
    return this;
  }

  /**
   * Hears a stage of another make, which may speak twice, one that has failed already, perhaps
   * after retries on this thread, and one of an attempt that was begun by what hears of another
   * call's error, which is not to be taken for that of this attempt.
   *
   * @param <T> what the attempt results in
   */
  private static final class OneAnswer<T extends @Nullable Object> extends AtomicBoolean
      implements BiConsumer<T, @Nullable Throwable> {

    private static final long serialVersionUID = 1;

    private final transient RetryFuture<T> future;
    private final transient long begun;

    OneAnswer(RetryFuture<T> future, long begun) {
      this.future = future;
      this.begun = begun;
    }

    @Override
    public void accept(T result, @Nullable Throwable error) {
      if (compareAndSet(false, true)) {
        future.accept(result, error, begun);
      }
    }
  }
}
