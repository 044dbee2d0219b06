package dev.llmretry.reactor;

import static dev.llmretry.reactor.Script.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class PreambleTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.stream")
          .baseDelay(Duration.ZERO)
          .preamble((String element) -> element.startsWith("p"))
          .build();

  private final Heard heard = new Heard();
  private final RetryRuntime runtime = RetryRuntime.builder().listener(heard).build();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  @Test
  void isHeldBackUntilThereIsContent() {
    TestPublisher<String> source = TestPublisher.create();
    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> source.flux()))
        .then(() -> source.next("p1", "p2"))
        .expectNoEvent(Duration.ofMillis(1))
        .then(() -> source.next("a"))
        .expectNext("p1", "p2", "a")
        .then(() -> source.next("p3"))
        .expectNext("p3")
        .then(source::complete)
        .verifyComplete();
  }

  /** Rejects results, but no elements. */
  private static final class NoResult implements ResultCheck<String> {

    @Override
    public Rejection check(String result) {
      return Rejection.of("a result");
    }

    @Override
    public Rejection checkElement(String element) {
      return null;
    }
  }

  @Test
  void ofAFluxIsCheckedAsAnElementAndTheValueOfAMonoAsAResult() {
    RetryPolicy checked = RetryPolicy.builder("ask").maxRetries(0).check(new NoResult()).build();
    StepVerifier.create(ReactorRetry.<String>flux(runtime, checked, attempt -> Flux.just("a")))
        .expectNext("a")
        .verifyComplete();
    StepVerifier.create(ReactorRetry.<String>mono(runtime, checked, attempt -> Mono.just("a")))
        .expectNext("a")
        .verifyComplete();
    assertThat(heard.events()).containsExactly("success 1", "give up 1 RESULT_REJECTED");
  }

  @Test
  void isDroppedWithTheAttempt() {
    var script =
        new Script<Flux<String>>(failing(overloaded, "p1", "p2"), Flux.just("p3", "a", "b"));

    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> script.get()))
        .expectNext("p3", "a", "b")
        .verifyComplete();

    assertThat(heard.events()).containsExactly("retry 1 after 0 ms", "success 2");
  }

  @Test
  void isAResultIfThereIsNothingElse() {
    StepVerifier.create(
            ReactorRetry.<String>flux(runtime, POLICY, attempt -> Flux.just("p1", "p2")))
        .expectNext("p1", "p2")
        .verifyComplete();
    assertThat(heard.events()).containsExactly("success 1");
  }

  @Test
  void endsRetriesOnceItIsHandedOn() {
    var script = new Script<Flux<String>>(failing(overloaded, "p1", "a"), Flux.just("b"));

    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> script.get()))
        .expectNext("p1", "a")
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));

    assertThat(RetryTrace.find(overloaded).report().reason())
        .isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
  }

  @Test
  void isHandedOnAsItIsAskedFor() {
    TestPublisher<String> source = TestPublisher.create(); // fails if it is asked for too little

    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> source.flux()), 1)
        .then(() -> source.next("p1").next("p2").next("p3").next("a"))
        .expectNext("p1")
        .thenRequest(1)
        .expectNext("p2")
        .thenRequest(1)
        .expectNext("p3")
        .thenRequest(1)
        .expectNext("a")
        .then(() -> source.assertMaxRequested(1))
        .then(source::complete)
        .verifyComplete();
  }

  @Test
  void isHandedOnAsItIsAskedForWhereThereIsNothingElse() {
    StepVerifier.create(
            ReactorRetry.<String>flux(runtime, POLICY, attempt -> Flux.just("p1", "p2", "p3")), 1)
        .expectNext("p1")
        .thenRequest(1)
        .expectNext("p2")
        .thenRequest(1)
        .expectNext("p3")
        .verifyComplete();
  }

  @Test
  void asksForEverythingIfTheSubscriberDoes() {
    TestPublisher<String> source = TestPublisher.create();
    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> source.flux()))
        .then(() -> source.next("p1", "a"))
        .expectNext("p1", "a")
        .then(() -> source.assertMinRequested(Long.MAX_VALUE - 1))
        .then(source::complete)
        .verifyComplete();
  }

  @Test
  void letsAnErrorWaitForWhatCameBeforeIt() {
    var script = new Script<Flux<String>>(failing(overloaded, "p1", "p2", "a"), Flux.just("b"));

    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> script.get()), 1)
        .expectNext("p1")
        .thenRequest(2)
        .expectNext("p2", "a")
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));
  }

  @Test
  void isNothingToAMono() {
    StepVerifier.create(ReactorRetry.<String>mono(runtime, POLICY, attempt -> Mono.just("p1")))
        .expectNext("p1")
        .verifyComplete();
  }

  @Test
  void takesAnElementThatThePredicateFailsAtForContent() {
    RetryPolicy broken =
        RetryPolicy.builder("Chat.stream").preamble((Integer element) -> element > 0).build();
    StepVerifier.create(ReactorRetry.<String>flux(runtime, broken, attempt -> Flux.just("a")))
        .expectNext("a")
        .verifyComplete();
  }
}
