package dev.llmretry.reactor;

import dev.llmretry.conformance.Delegate;
import dev.llmretry.conformance.InvocationStyle;
import dev.llmretry.conformance.RetryCase;
import dev.llmretry.conformance.RetryCases;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

class SharedCasesTest {

  private static final long DAY = 24 * 60 * 60 * 1000;

  static Stream<RetryCase> cases() {
    return RetryCases.of(InvocationStyle.PUBLISHER);
  }

  /** Until an attempt is slow, a call whose attempts are hedged behaves as any other. */
  static Stream<RetryCase> hedged() {
    return Stream.concat(
        RetryCases.of(InvocationStyle.PUBLISHER).peek(each -> each.settings().hedgeAfterMs(DAY)),
        RetryCases.hedged(InvocationStyle.PUBLISHER));
  }

  @ParameterizedTest
  @MethodSource({"cases", "hedged"})
  void monosBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                ReactorRetry.mono(
                    runtime,
                    which.settings().policy("call"),
                    token,
                    attempt -> Mono.fromFuture(() -> delegate.begin(attempt.token())))));
  }

  @ParameterizedTest
  @MethodSource({"cases", "hedged"})
  void fluxesBehaveAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            await(
                delegate,
                ReactorRetry.<String>flux(
                        runtime,
                        which.settings().policy("call"),
                        token,
                        attempt -> Mono.fromFuture(() -> delegate.begin(attempt.token())).flux())
                    .singleOrEmpty()));
  }

  /** Throws the very error that is signalled, which a future that is cancelled would replace. */
  private static String await(Delegate delegate, Mono<String> mono) throws IOException {
    var future = new CompletableFuture<String>();
    var failure = new AtomicReference<Throwable>();
    mono.subscribe(
        future::complete,
        error -> {
          failure.set(error);
          future.complete(null);
        },
        () -> future.complete(null));
    String result = delegate.await(future);
    if (failure.get() != null) {
      throw SharedCasesTest.<RuntimeException>sneaky(failure.get());
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X sneaky(Throwable error) throws X {
    throw (X) error;
  }
}
