package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.stream.Downstream;
import dev.llmretry.runtime.internal.stream.RetryStream;
import dev.llmretry.runtime.internal.stream.StreamAttempt;
import dev.llmretry.runtime.internal.util.Closeables;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A retried call whose slow attempts are hedged, and the future that its caller holds. Two attempts
 * may be in flight, so it is driven as a stream that has one element, its result.
 *
 * @param <T> the result
 */
final class HedgedFuture<T extends @Nullable Object> extends AbstractRetryFuture<T>
    implements RetryStream.AttemptStarter<HedgedFuture.Result<T>>,
        Downstream<HedgedFuture.Result<T>> {

  private final RetryPolicy policy;

  /** Cleared when the call has ended, as it may refer to large objects. */
  private volatile @Nullable AsyncCall<? extends CompletionStage<? extends T>> call;

  private final RetryStream<Result<T>> stream;
  private @Nullable Result<T> received;

  /** What the first attempt threw instead of returning a stage. */
  private @Nullable Throwable thrown;

  private @Nullable Throwable terminal;

  private HedgedFuture(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends CompletionStage<? extends T>> call) {
    this.policy = policy;
    this.call = call;
    this.stream = new RetryStream<>(runtime, policy, token, new CallScheduler(runtime), this, this);
  }

  /** A result, which may be null. */
  record Result<T extends @Nullable Object>(T value) {}

  /** Starts a call, as {@link RetryFuture#start} does. */
  static <T extends @Nullable Object> CompletableFuture<T> start(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends CompletionStage<? extends T>> call) {
    var future = new HedgedFuture<T>(CallScheduler.forCall(runtime), policy, token, call);
    future.stream.start(() -> future.stream.request(Long.MAX_VALUE));
    Throwable first = future.thrown;
    if (first != null && future.isCompletedExceptionally() && future.terminal == first) {
      future.recordExhausted();
      // Unchecked: the method that makes the call declares this exception. See AsyncRetry.
      throw SneakyThrow.<RuntimeException>of(first);
    }
    return future;
  }

  @Override
  public void start(StreamAttempt<Result<T>> attempt) throws Throwable {
    var made = call;
    if (made == null) {
      return; // the call has ended
    }
    CompletionStage<? extends T> stage;
    try {
      stage = Results.requireReturned(policy, made.call(attempt));
    } catch (Throwable e) {
      if (attempt.number() == 1 && !attempt.isHedge()) {
        thrown = e;
      }
      throw e;
    }
    // A time-out cancels the token first. If the stage responds with a result, that counts.
    attempt.token().onCancel(() -> Stages.cancel(stage));
    stage.whenComplete((result, error) -> onCompleted(attempt, stage, result, error));
  }

  private void onCompleted(
      StreamAttempt<Result<T>> attempt,
      CompletionStage<?> stage,
      T result,
      @Nullable Throwable error) {
    if (error != null) {
      boolean wasRetried = TrackedFuture.hasExhausted(stage, Throwables.unwrap(error));
      attempt.onError(error, wasRetried || attempt.wasRetried(error));
    } else {
      boolean isChecked = policy.hasCheck() && !attempt.hasEnded();
      attempt.onOutcome(new Result<>(result), isChecked ? Results.reject(policy, result) : null);
    }
  }

  /** Closes a result that nobody receives, unless both attempts have yielded the same. */
  @Override
  public void onElementDropped(Result<T> dropped) {
    boolean isResult = isDone() && !isCompletedExceptionally() && join() == dropped.value();
    if (!isResult && dropped.value() instanceof AutoCloseable closeable) {
      Closeables.closeLogging(closeable, "The result of an abandoned attempt failed to close");
    }
  }

  @Override
  public void onNext(Result<T> result) {
    received = result;
  }

  @Override
  public void onComplete() {
    call = null;
    Result<T> result = received;
    if (result != null) {
      end(result.value());
    }
  }

  @Override
  public void onError(Throwable error) {
    call = null;
    terminal = error;
    endWith(policy, error);
  }

  @Override
  void stop() {
    stream.cancel();
    call = null;
  }

  @Override
  boolean hasExhausted(Throwable error) {
    return stream.execution().hasExhausted(error);
  }

  @Override
  void recordExhausted() {
    stream.execution().recordExhausted();
  }
}
