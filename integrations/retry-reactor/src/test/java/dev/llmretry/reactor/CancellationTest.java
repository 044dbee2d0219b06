package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class CancellationTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("Chat.ask").build();

  private final Heard heard = new Heard();
  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final CancellationSource application = new CancellationSource();
  private final ObservedToken applicationToken = new ObservedToken(application.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder()
          .listener(heard)
          .clock(clock)
          .executor(Runnable::run)
          .token(applicationToken)
          .build();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
  private final TestPublisher<String> publisher = TestPublisher.create();
  private final List<CancellationToken> attempts = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    assertThat(token.registered()).isZero();
    assertThat(applicationToken.registered()).isZero();
    assertThat(clock.scheduledCount()).isZero();
  }

  private Flux<String> flux() {
    return ReactorRetry.flux(
        runtime,
        POLICY,
        token,
        attempt -> {
          attempts.add(attempt.token());
          return publisher.flux();
        });
  }

  private Mono<String> failing() {
    return ReactorRetry.mono(runtime, POLICY, token, attempt -> Mono.error(overloaded));
  }

  @Test
  void comesBeforeTheFirstAttempt() {
    source.cancel();
    StepVerifier.create(flux()).verifyError(CancelledException.class);
    assertThat(attempts).isEmpty();
    assertThat(heard.events()).containsExactly("give up 0 CANCELLED");
  }

  @Test
  void endsAWait() {
    StepVerifier.create(failing())
        .then(() -> assertThat(clock.scheduledCount()).isEqualTo(1))
        .then(source::cancel)
        .verifyErrorSatisfies(
            error -> assertThat(error).isInstanceOf(CancelledException.class).hasCause(overloaded));
    assertThat(heard.events()).containsExactly("retry 1 after 100 ms", "give up 1 CANCELLED");
  }

  @Test
  void endsAWaitInVirtualTimeOfReactor() {
    RetryRuntime standard = RetryRuntime.builder().listener(heard).build();
    StepVerifier.withVirtualTime(
            () -> ReactorRetry.mono(standard, POLICY, token, attempt -> Mono.error(overloaded)))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(99))
        .then(source::cancel)
        .verifyError(CancelledException.class);
  }

  @Test
  void endsAWaitByTheTokenOfTheRuntime() {
    StepVerifier.create(failing()).then(application::cancel).verifyError(CancelledException.class);
  }

  @Test
  void endsAnAttemptInFlight() {
    StepVerifier.create(flux()).then(source::cancel).verifyError(CancelledException.class);
    publisher.assertCancelled();
    assertThat(attempts.get(0).isCancelled()).isTrue();
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void endsASequenceThatHasBegun() {
    StepVerifier.create(flux())
        .then(() -> publisher.next("a"))
        .expectNext("a")
        .then(source::cancel)
        .verifyError(CancelledException.class);
    publisher.assertCancelled();
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void isNotUndoneByAnAttemptThatAnswersItWithAnError() {
    StepVerifier.create(
            ReactorRetry.<String>mono(
                runtime,
                POLICY,
                token,
                attempt ->
                    Mono.create(
                        sink ->
                            attempt
                                .token()
                                .onCancel(() -> sink.error(new IOException("aborted"))))))
        .then(source::cancel)
        .verifyError(CancelledException.class);
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void makesNoCallIfAListenerCancels() {
    RetryListener cancelling =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt attempt) {
            source.cancel();
          }
        };
    RetryRuntime own = RetryRuntime.builder().listener(cancelling).build();
    var script = new Script<Mono<String>>(Mono.error(overloaded));
    StepVerifier.create(ReactorRetry.mono(own, POLICY, token, attempt -> script.get()))
        .verifyError(CancelledException.class);
    assertThat(script.calls()).isEqualTo(1);
  }

  @Test
  void bySubscriberEndsAWait() {
    StepVerifier.create(failing())
        .then(() -> assertThat(clock.scheduledCount()).isEqualTo(1))
        .thenCancel()
        .verify();
    assertThat(heard.events()).containsExactly("retry 1 after 100 ms", "give up 1 CANCELLED");
  }

  @Test
  void bySubscriberEndsAnAttemptInFlight() {
    StepVerifier.create(flux()).then(() -> publisher.assertSubscribers(1)).thenCancel().verify();
    publisher.assertCancelled();
    assertThat(attempts.get(0).isCancelled()).isTrue();
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void bySubscriberEndsASequenceThatHasBegun() {
    StepVerifier.create(flux())
        .then(() -> publisher.next("a"))
        .expectNext("a")
        .thenCancel()
        .verify();
    publisher.assertCancelled();
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void bySubscriberWhileAListenerHearsOfTheFailureIsHeardOnce() {
    var subscriber = new BaseSubscriber<String>() {};
    RetryListener cancelling =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt attempt) {
            subscriber.cancel();
          }

          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
            heard.onGiveUp(event, report, thrown);
          }
        };
    RetryRuntime own =
        RetryRuntime.builder().listener(cancelling).clock(clock).executor(Runnable::run).build();
    TestPublisher<String> failing = TestPublisher.create();
    ReactorRetry.<String>flux(own, POLICY, token, attempt -> failing.flux()).subscribe(subscriber);
    failing.error(overloaded);
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void afterTheEndIsNothing() {
    var subscriber = new BaseSubscriber<String>() {};
    flux().subscribe(subscriber);
    publisher.next("a").complete();
    subscriber.cancel();
    source.cancel();
    assertThat(heard.events()).containsExactly("success 1");
    assertThat(attempts.get(0).isCancelled()).isFalse();
  }

  @Test
  void ofACallThatWentWellLeavesNothing() {
    StepVerifier.create(flux())
        .then(() -> publisher.next("a").complete())
        .expectNext("a")
        .verifyComplete();
    source.cancel();
    assertThat(attempts.get(0).isCancelled()).isFalse();
  }

  @Test
  void doesNotReportTheAnswerOfAnAbandonedAttempt() {
    List<Throwable> dropped = new ArrayList<>();
    Hooks.onErrorDropped(dropped::add);
    try {
      StepVerifier.create(
              ReactorRetry.<String>mono(
                  runtime,
                  POLICY,
                  token,
                  attempt ->
                      Mono.create(
                          sink ->
                              attempt
                                  .token()
                                  .onCancel(() -> sink.error(new IOException("aborted"))))))
          .then(() -> assertThat(token.registered()).isPositive())
          .thenCancel()
          .verify();
    } finally {
      Hooks.resetOnErrorDropped();
    }
    assertThat(dropped).isEmpty();
  }
}
