package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.internal.execution.AttemptScope;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The scope of an attempt that returns a completion stage.
 *
 * @param <T> the result
 */
final class FutureAttempt<T extends @Nullable Object> extends AttemptScope
    implements BiConsumer<T, @Nullable Throwable> {

  private final RetryFuture<T> future;
  private volatile @Nullable CompletionStage<? extends T> stage;

  FutureAttempt(RetryFuture<T> future, RetryExecution execution) {
    super(execution);
    this.future = future;
  }

  /** Subscribes to the stage of the attempt, which has been published. */
  void follow(CompletionStage<? extends T> followed) {
    stage = followed;
    if (hasEnded()) { // cancelled before there was a stage to cancel
      Stages.cancel(followed);
      return;
    }
    try {
      followed.whenComplete(this);
    } catch (Throwable e) {
      fail(followed, e);
    }
    if (isTimedOut()) { // before there was a stage to cancel
      cancelTimedOut(followed);
    }
  }

  @Override
  public void accept(T result, @Nullable Throwable error) {
    CompletionStage<? extends T> completed = stage;
    if (completed == null) {
      return;
    }
    try {
      End end = end();
      if (end != End.IGNORED) {
        future.onCompleted(this, completed, result, error, end == End.LATE);
      }
    } catch (Throwable e) {
      future.abort(e);
    }
  }

  /** Cancels the stage. If it completes with a result in response, that is the result. */
  @Override
  protected void onTimedOut() {
    CompletionStage<? extends T> late = stage;
    try {
      if (late != null) {
        cancelTimedOut(late);
      } else {
        future.onTimedOutWhileStarting(this);
      }
    } catch (Throwable e) {
      future.abort(e);
    }
  }

  private void cancelTimedOut(CompletionStage<? extends T> late) {
    if (!hasEnded()) {
      Stages.cancel(late);
    }
    if (late instanceof CompletableFuture<?> future && future.isDone()) {
      return; // with the cancellation, or with an outcome that was about to arrive: it does
    }
    fail(late, new CancellationException("The attempt did not end when it was cancelled"));
  }

  private void fail(CompletionStage<? extends T> failed, Throwable error) {
    End end = end();
    if (end != End.IGNORED) {
      future.onFailed(this, failed, error, end == End.LATE, wasRetried(error));
    }
  }

  @Override
  public void cancel() {
    super.cancel();
    CompletionStage<? extends T> cancelled = stage;
    if (cancelled != null) {
      Stages.cancel(cancelled);
    }
  }
}
