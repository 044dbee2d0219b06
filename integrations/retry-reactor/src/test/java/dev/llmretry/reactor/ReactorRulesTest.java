package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.StepVerifierOptions;
import reactor.util.context.Context;

/** What Reactor expects of an operator: hooks, fatal errors, scanning, and the order of signals. */
class ReactorRulesTest extends SequenceFixture {

  private static final RetryPolicy POLICY = RetryPolicy.builder("Chat.ask").build();
  private static final RetryPolicy WITH_PREAMBLE =
      POLICY.toBuilder().preamble((String element) -> element.startsWith("role")).build();

  @Test
  void theSubscriberIsFoundByReactorsTools() {
    StepVerifier.create(
            flux(POLICY),
            StepVerifierOptions.create().withInitialContext(Context.of("user", "ada")))
        .expectAccessibleContext()
        .contains("user", "ada")
        .then()
        .then(() -> attempts.get(0).emit("a"))
        .expectNext("a")
        .verifyComplete();
  }

  @Test
  void thePreambleOfAFailedAttemptIsDiscarded() {
    subscribe(flux(WITH_PREAMBLE), Long.MAX_VALUE);
    attempts.get(0).next("role 1").error(new ProviderError(FailureKind.SERVER));
    assertThat(discarded).containsExactly("role 1");
    clock.advance(Duration.ofMillis(100));
    attempts.get(1).next("role 2").complete();
    assertThat(signals).containsExactly("role 2", "complete");
    assertThat(discarded).containsExactly("role 1");
  }

  @Test
  void whatWaitsForDemandIsDiscardedWithTheSubscription() {
    BaseSubscriber<String> subscriber = subscribe(flux(WITH_PREAMBLE), 1);
    attempts.get(0).next("role 1", "role 2", "text");
    assertThat(signals).containsExactly("role 1");
    subscriber.cancel();
    assertThat(discarded).containsExactly("role 2", "text");
    attempts.get(0).assertCancelled();
  }

  @Test
  void signalsAfterTheEndOfAnAttemptGoToReactorsHooks() {
    var late = new IOException("late");
    subscribe(flux(POLICY), Long.MAX_VALUE);
    attempts.get(0).next("a").complete().next("b").error(late);
    assertThat(signals).containsExactly("a", "complete");
    assertThat(dropped).containsExactly("b", late);
  }

  @Test
  void whatFollowsTheElementOfAMonoGoesToReactorsHooks() {
    var late = new IOException("late");
    subscribe(
        ReactorRetry.<String>mono(
                runtime, POLICY, token, attempt -> Mono.fromDirect(begin(attempt)))
            .flux(),
        Long.MAX_VALUE);
    attempts.get(0).next("a").next("b").error(late);
    assertThat(signals).containsExactly("a", "complete");
    assertThat(dropped).containsExactly("b", late);
    assertThat(heard.events()).containsExactly("success 1");
  }

  @Test
  void successOfAMonoIsHeardOnceAndBeforeItsElement() {
    List<String> before = new ArrayList<>();
    Flux<String> retried =
        mono(POLICY).flux().doOnNext(element -> before.addAll(heard.events())).take(1);
    subscribe(retried, Long.MAX_VALUE);
    attempts.get(0).emit("a");
    assertThat(before).containsExactly("success 1");
    assertThat(heard.events()).containsExactly("success 1");
    assertThat(signals).containsExactly("a", "complete");
  }

  @Test
  void theHookForTheLastOperatorAppliesToTheCallAndNotToItsAttempts() {
    List<Object> last = new ArrayList<>();
    Hooks.onLastOperator(
        publisher -> {
          last.add(publisher);
          return publisher;
        });
    try {
      assertThat(
              ReactorRetry.<String>flux(runtime, POLICY, token, attempt -> Flux.just("a", "b"))
                  .count()
                  .block())
          .isEqualTo(2);
    } finally {
      Hooks.resetOnLastOperator();
    }
    assertThat(last).hasSize(1);
  }

  @Test
  void requestsThatAreNotPositiveAreIgnored() {
    CoreSubscriber<String> subscriber =
        new CoreSubscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(0);
            subscription.request(1);
          }

          @Override
          public void onNext(String element) {
            signals.add(element);
          }

          @Override
          public void onError(Throwable error) {
            signals.add(error.toString());
          }

          @Override
          public void onComplete() {
            signals.add("complete");
          }
        };
    ReactorRetry.<String>flux(runtime, POLICY, token, attempt -> begin(attempt).flux())
        .subscribe(subscriber);
    attempts.get(0).emit("a");
    assertThat(signals).containsExactly("a", "complete");
  }

  @Test
  void aFatalErrorOfAnAttemptEndsTheCall() {
    var fatal = new NoClassDefFoundError("Response");
    StepVerifier.create(
            ReactorRetry.<String>mono(
                runtime,
                POLICY,
                token,
                attempt ->
                    Mono.fromCallable(
                        () -> {
                          throw fatal;
                        })))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(fatal));
    assertThat(heard.events()).containsExactly("give up 1 NOT_RETRYABLE");
  }

  /** Operators throw it at their upstream instead of signalling it. */
  @Test
  void aFatalErrorOfAnOperatorReachesTheSubscriber() {
    var fatal = new NoClassDefFoundError("Response");
    subscribe(
        flux(POLICY)
            .map(
                element -> {
                  throw fatal;
                }),
        1);
    attempts.get(0).next("a");
    assertThat(signals).containsExactly("NoClassDefFoundError");
    attempts.get(0).assertCancelled();
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void aFatalErrorOfAnOperatorReachesTheSubscriberAtTheEnd() {
    Runnable failing =
        () -> {
          throw new NoClassDefFoundError("Response");
        };
    subscribe(flux(POLICY).doOnComplete(failing), 1);
    attempts.get(0).emit("a");
    assertThat(signals).containsExactly("a", "NoClassDefFoundError");
  }

  @Test
  void aThreadMayBlockForIt() {
    Mono<String> retried = ReactorRetry.mono(runtime, POLICY, token, attempt -> Mono.just("a"));
    assertThat(retried.block()).isEqualTo("a");
    assertThat(ReactorRetry.<String>mono(runtime, POLICY, attempt -> Mono.empty()).block())
        .isNull();
    assertThatThrownBy(
            () ->
                retried
                    .<String>map(
                        element -> {
                          throw new NoClassDefFoundError(element);
                        })
                    .block())
        .isInstanceOf(NoClassDefFoundError.class);
  }
}
