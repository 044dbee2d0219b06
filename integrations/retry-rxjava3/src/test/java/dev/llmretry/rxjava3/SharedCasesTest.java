package dev.llmretry.rxjava3;

import dev.llmretry.conformance.Delegate;
import dev.llmretry.conformance.InvocationStyle;
import dev.llmretry.conformance.RetryCase;
import dev.llmretry.conformance.RetryCases;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RxJava's types pass the table of cases of all drivers; a {@code Single} has no absent result. */
class SharedCasesTest {

  static Stream<RetryCase> cases() {
    return Stream.concat(
        RetryCases.of(InvocationStyle.PUBLISHER), RetryCases.hedged(InvocationStyle.PUBLISHER));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void maybesBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                RxRetry.maybe(
                    runtime, policy(which), token, attempt -> attempt(delegate, attempt.token()))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void flowablesBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                RxRetry.flowable(
                        runtime,
                        policy(which),
                        token,
                        attempt -> attempt(delegate, attempt.token()).toFlowable())
                    .singleElement()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void observablesBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                RxRetry.observable(
                        runtime,
                        policy(which),
                        token,
                        attempt -> attempt(delegate, attempt.token()).toObservable())
                    .singleElement()));
  }

  private static RetryPolicy policy(RetryCase retryCase) {
    return retryCase.settings().policy("call");
  }

  /** Cancels the future when it is disposed of, as {@code fromCompletionStage} does not. */
  private static Maybe<String> attempt(Delegate delegate, CancellationToken token) {
    return Maybe.create(
        emitter -> {
          CompletableFuture<String> begun = delegate.begin(token);
          emitter.setCancellable(() -> begun.cancel(true));
          begun.whenComplete(
              (result, error) -> {
                if (error == null && result != null) {
                  emitter.onSuccess(result);
                } else if (error == null) {
                  emitter.onComplete();
                } else {
                  emitter.tryOnError(Delegate.unwrap(error));
                }
              });
        });
  }

  private static String await(Delegate delegate, Maybe<String> maybe) throws IOException {
    CompletableFuture<String> future = new CompletableFuture<>();
    maybe.subscribe(future::complete, future::completeExceptionally, () -> future.complete(null));
    return delegate.await(future);
  }
}
