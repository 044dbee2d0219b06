package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes stages of the futures that a call returns. */
final class ListenedCall<T extends @Nullable Object, F extends Future<? extends T>>
    implements AsyncCall<CompletionStage<? extends T>> {

  /** Stands for {@link #resultAtOnce}, which is handed on itself: nobody asks what is in this. */
  private static final CompletableFuture<?> AT_ONCE = CompletableFuture.completedFuture(null);

  private final RetryPolicy policy;
  private final AsyncCall<? extends F> call;
  private final ListenedFuture.Listening<? super F> listening;
  private boolean begun;
  private @Nullable F resultAtOnce;

  ListenedCall(
      RetryPolicy policy,
      AsyncCall<? extends F> call,
      ListenedFuture.Listening<? super F> listening) {
    this.policy = policy;
    this.call = call;
    this.listening = listening;
  }

  /** Returns the first attempt's future, if it was complete at once and has a result. */
  @Nullable F resultAtOnce() {
    return resultAtOnce;
  }

  @Override
  public CompletionStage<? extends T> call() throws Throwable {
    return call(CancellationToken.none());
  }

  @Override
  public CompletionStage<? extends T> call(CancellationToken attempt) throws Throwable {
    boolean first = !begun;
    begun = true;
    F future = Stages.required(call.call(attempt), policy);
    if (first && FutureStage.hasResult(future)) {
      resultAtOnce = future;
      return atOnce();
    }
    if (future instanceof ListenedFuture<?>) {
      return completable(future);
    }
    var stage = new FutureStage<T>(future);
    if (future.isDone()) {
      stage.run();
    } else {
      listening.listen(future, stage, Runnable::run);
    }
    return stage;
  }

  @Override
  public boolean takesToken() {
    return call.takesToken();
  }

  @SuppressWarnings("unchecked")
  private CompletionStage<? extends T> atOnce() {
    return (CompletionStage<? extends T>) AT_ONCE;
  }

  /** Returns what tells a retry around it that its error has been retried. */
  @SuppressWarnings("unchecked")
  private CompletionStage<? extends T> completable(F retried) {
    return ((ListenedFuture<? extends T>) retried).completable();
  }
}
