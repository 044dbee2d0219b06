package dev.llmretry.conformance;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import java.util.concurrent.CompletableFuture;

/** The drivers of the runtime, for tests of what holds for each of them. */
enum RuntimeDriver {
  BLOCKING {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime,
        RetryPolicy policy,
        CancellationToken token,
        Retry.Call<String, Exception> call) {
      var future = new CompletableFuture<String>();
      try {
        future.complete(Retry.call(runtime, policy, token, call));
      } catch (Throwable e) {
        future.completeExceptionally(e);
      }
      return future;
    }
  },
  FUTURE {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime,
        RetryPolicy policy,
        CancellationToken token,
        Retry.Call<String, Exception> call) {
      try {
        return AsyncRetry.call(runtime, policy, token, attempt -> begin(call, attempt));
      } catch (Throwable e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  },
  /** A method that takes neither a token nor an attempt: the call's token is the runtime's. */
  PLAIN_FUTURE {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime,
        RetryPolicy policy,
        CancellationToken token,
        Retry.Call<String, Exception> call) {
      RetryRuntime cancellable =
          runtime.toBuilder().token(LinkedToken.of(runtime.token(), token)).build();
      try {
        return FutureRetry.call(cancellable, policy, () -> begin(call, Attempt.first()));
      } catch (Throwable e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  },
  PUBLISHER {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime,
        RetryPolicy policy,
        CancellationToken token,
        Retry.Call<String, Exception> call) {
      return FuturePublisher.last(
          PublisherRetry.call(
              runtime, policy, token, attempt -> new FuturePublisher(() -> begin(call, attempt))));
    }
  },
  CALLBACK {
    @Override
    CompletableFuture<String> call(
        RetryRuntime runtime,
        RetryPolicy policy,
        CancellationToken token,
        Retry.Call<String, Exception> call) {
      var future = new CompletableFuture<String>();
      CallbackRetry.call(
          runtime,
          policy,
          token,
          future::completeExceptionally,
          attempt -> {
            String result = call.call(attempt);
            attempt.completed(() -> future.complete(result));
          });
      return future;
    }
  };

  /** Makes a call; its future fails with what the call throws. */
  abstract CompletableFuture<String> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      CancellationToken token,
      Retry.Call<String, Exception> call);

  private static CompletableFuture<String> begin(
      Retry.Call<String, Exception> call, Attempt attempt) {
    try {
      return CompletableFuture.completedFuture(call.call(attempt));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
