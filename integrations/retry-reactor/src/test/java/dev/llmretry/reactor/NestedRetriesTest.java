package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Nested;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class NestedRetriesTest {

  private static final RetryPolicy INNER = RetryPolicy.builder("inner").maxRetries(2).build();
  private static final RetryPolicy OUTER = RetryPolicy.builder("outer").maxRetries(3).build();
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.builder("inner").maxRetries(2).baseDelay(Duration.ZERO).build();

  private final RetryRuntime runtime = RetryRuntime.standard();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
  private final Script<Mono<String>> script = new Script<>(Mono.error(overloaded));

  private Mono<String> inner() {
    return ReactorRetry.mono(runtime, INNER, attempt -> script.get());
  }

  private void verifyRetriedOnce(Mono<String> outer) {
    StepVerifier.withVirtualTime(() -> outer)
        .thenAwait(Duration.ofHours(1))
        .verifyErrorSatisfies(
            error -> {
              assertThat(error).isSameAs(overloaded);
              assertThat(RetryTrace.find(error).report().reason())
                  .isEqualTo(GiveUpReason.ALREADY_RETRIED);
            });
    assertThat(script.calls()).isEqualTo(3);
  }

  @Test
  void doNotMultiply() {
    verifyRetriedOnce(ReactorRetry.mono(runtime, OUTER, attempt -> inner()));
  }

  @Test
  void doNotMultiplyAFluxOfAMono() {
    verifyRetriedOnce(
        ReactorRetry.<String>flux(runtime, OUTER, attempt -> inner().flux()).singleOrEmpty());
  }

  @Test
  void doNotMultiplyWhereTheInnerNeedsNoWait() {
    verifyRetriedOnce(
        ReactorRetry.mono(
            runtime,
            OUTER,
            attempt -> ReactorRetry.<String>mono(runtime, AT_ONCE, inner -> script.get())));
  }

  private Mono<String> block() throws ProviderError {
    return Retry.call(
        runtime,
        AT_ONCE,
        null,
        attempt -> {
          script.get();
          throw overloaded;
        });
  }

  @Test
  void doNotMultiplyABlockingCall() {
    verifyRetriedOnce(ReactorRetry.mono(runtime, OUTER, attempt -> block()));
  }

  @Test
  void doNotMultiplyABlockingCallInAMono() {
    verifyRetriedOnce(
        ReactorRetry.mono(
            runtime, OUTER, attempt -> Mono.fromCallable(this::block).flatMap(same -> same)));
  }

  @Test
  void doNotMultiplyInAFuture() {
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
    CompletableFuture<String> outer =
        AsyncRetry.call(
            own,
            OUTER,
            attempt -> ReactorRetry.<String>mono(own, INNER, inner -> script.get()).toFuture());
    clock.advance(Duration.ofHours(1));
    assertThat(outer).isCompletedExceptionally();
    assertThat(script.calls()).isEqualTo(3);
  }

  @Test
  void multiplyIfThePolicySaysSo() {
    RetryPolicy outer = RetryPolicy.builder("outer").maxRetries(3).nested(Nested.RETRY).build();
    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>mono(runtime, outer, attempt -> inner()))
        .thenAwait(Duration.ofHours(1))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));
    assertThat(script.calls()).isEqualTo(12);
  }

  @Test
  void areToldFromAnErrorOfEarlier() {
    StepVerifier.withVirtualTime(this::inner)
        .thenAwait(Duration.ofHours(1))
        .verifyError(ProviderError.class);
    var again = new Script<Flux<String>>(Flux.error(overloaded), Flux.just("a"));
    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>flux(runtime, OUTER, attempt -> again.get()))
        .thenAwait(Duration.ofHours(1))
        .expectNext("a")
        .verifyComplete();
  }
}
