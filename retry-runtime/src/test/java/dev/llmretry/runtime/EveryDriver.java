package dev.llmretry.runtime;

import dev.llmretry.runtime.async.AsyncRetry;
import dev.llmretry.runtime.async.CallbackRetry;
import dev.llmretry.runtime.async.PublisherRetry;
import dev.llmretry.runtime.cases.FuturePublisher;
import java.util.concurrent.CompletableFuture;

/** The ways to retry that this module has, for what has to hold whichever it is. */
enum EveryDriver {
  BLOCKING {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Attempt attempt) {
      var future = new CompletableFuture<String>();
      try {
        future.complete(Retry.call(runtime, policy, token, attempt::make));
      } catch (Throwable e) {
        future.completeExceptionally(e);
      }
      return future;
    }
  },
  FUTURE {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Attempt attempt) {
      try {
        return AsyncRetry.call(runtime, policy, token, each -> begin(attempt, each));
      } catch (Throwable e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  },
  PUBLISHER {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Attempt attempt) {
      return FuturePublisher.last(
          PublisherRetry.call(
              runtime, policy, token, each -> new FuturePublisher(() -> begin(attempt, each))));
    }
  },
  CALLBACK {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Attempt attempt) {
      var future = new CompletableFuture<String>();
      CallbackRetry.call(
          runtime,
          policy,
          token,
          future::completeExceptionally,
          each -> {
            String result = attempt.make(each.token());
            each.completed(() -> future.complete(result));
          });
      return future;
    }
  };

  /** One attempt of a call. */
  @FunctionalInterface
  interface Attempt {

    String make(CancellationToken token) throws Exception;
  }

  /** Makes a call; what it throws, its future fails with. */
  abstract CompletableFuture<String> call(
      RetryRuntime runtime, RetryPolicy policy, CancellationToken token, Attempt attempt);

  private static CompletableFuture<String> begin(Attempt attempt, CancellationToken token) {
    try {
      return CompletableFuture.completedFuture(attempt.make(token));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
