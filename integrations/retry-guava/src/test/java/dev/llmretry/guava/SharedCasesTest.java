package dev.llmretry.guava;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import dev.llmretry.conformance.Delegate;
import dev.llmretry.conformance.InvocationStyle;
import dev.llmretry.conformance.RetryCase;
import dev.llmretry.conformance.RetryCases;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guava's futures pass the table of cases of all drivers. */
class SharedCasesTest {

  static Stream<RetryCase> readyCases() {
    // The ExecutionException of Guava's futures calls toString of the error, and fails itself.
    return RetryCases.of(InvocationStyle.READY_FUTURE)
        .filter(
            each -> !each.name().equals("an error whose methods throw is retried like another"));
  }

  static Stream<RetryCase> lateCases() {
    return RetryCases.of(InvocationStyle.LATE_FUTURE);
  }

  @ParameterizedTest
  @MethodSource("readyCases")
  void readyFuturesBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                GuavaRetry.call(
                    runtime,
                    which.settings().policy("call"),
                    token,
                    attempt -> listenable(delegate.begin(attempt.token())))));
  }

  @ParameterizedTest
  @MethodSource("lateCases")
  void lateFuturesBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                GuavaRetry.call(
                    runtime,
                    which.settings().policy("call"),
                    token,
                    attempt -> listenable(delegate.beginLate(attempt.token())))));
  }

  private static ListenableFuture<String> listenable(CompletableFuture<String> begun) {
    SettableFuture<String> future = SettableFuture.create();
    begun.handle(
        (result, error) ->
            error == null ? future.set(result) : future.setException(Delegate.unwrap(error)));
    future.addListener(
        () -> {
          if (future.isCancelled()) {
            begun.cancel(true);
          }
        },
        MoreExecutors.directExecutor());
    return future;
  }

  private static String await(Delegate delegate, ListenableFuture<String> answer)
      throws IOException {
    CompletableFuture<String> future = new CompletableFuture<>();
    Futures.addCallback(
        answer,
        new FutureCallback<>() {
          @Override
          public void onSuccess(String result) {
            future.complete(result);
          }

          @Override
          public void onFailure(Throwable error) {
            future.completeExceptionally(error);
          }
        },
        MoreExecutors.directExecutor());
    return delegate.await(future);
  }
}
