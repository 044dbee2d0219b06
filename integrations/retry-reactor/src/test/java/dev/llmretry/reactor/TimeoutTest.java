package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class TimeoutTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.ask").attemptTimeout(Duration.ofSeconds(1)).build();

  private final Heard heard = new Heard();
  private final RetryRuntime runtime = RetryRuntime.builder().listener(heard).build();
  private final TestPublisher<String> silent = TestPublisher.create();
  private final List<CancellationToken> attempts = new ArrayList<>();

  @Test
  void isRetried() {
    var script = new Script<Mono<String>>(silent.mono(), Mono.just("a"));

    StepVerifier.withVirtualTime(
            () ->
                ReactorRetry.mono(
                    runtime,
                    POLICY,
                    null,
                    attempt -> {
                      attempts.add(attempt.token());
                      return script.get();
                    }))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(1100))
        .expectNext("a")
        .verifyComplete();

    silent.assertCancelled();
    assertThat(attempts.get(0).isCancelled()).isTrue();
    assertThat(attempts.get(1).isCancelled()).isFalse();
    assertThat(heard.events()).containsExactly("retry 1 after 100 ms", "success 2");
  }

  @Test
  void ofTheLastAttemptIsThrown() {
    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>flux(runtime, POLICY, attempt -> Flux.never()))
        .thenAwait(Duration.ofMillis(4 * 1000 + 700))
        .verifyErrorSatisfies(
            error -> {
              assertThat(error)
                  .isInstanceOf(AttemptTimeoutException.class)
                  .hasMessageContaining("Chat.ask");
              assertThat(RetryTrace.find(error).report().reason())
                  .isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
            });
  }

  @Test
  void doesNotBoundWhatFollowsTheFirstElement() {
    StepVerifier.withVirtualTime(
            () ->
                ReactorRetry.<String>flux(
                    runtime,
                    POLICY,
                    attempt -> Flux.just("a").concatWith(Mono.just("b").delayElement(hour()))))
        .expectNext("a")
        .thenAwait(hour())
        .expectNext("b")
        .verifyComplete();
  }

  @Test
  void boundsAPreamble() {
    RetryPolicy policy =
        RetryPolicy.builder("Chat.stream")
            .attemptTimeout(Duration.ofSeconds(1))
            .preamble("ping"::equals)
            .build();
    var script =
        new Script<Flux<String>>(
            Flux.interval(Duration.ofMillis(300)).map(tick -> "ping"), Flux.just("ping", "a"));

    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>flux(runtime, policy, attempt -> script.get()))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(1100))
        .expectNext("ping", "a")
        .verifyComplete();
  }

  /** As with other asynchronous calls: the error is that of the attempt, the kind a time-out. */
  @Test
  void isTheReasonOfAnErrorWithWhichTheAttemptRespondsToIt() {
    var aborted = new IOException("aborted");
    List<Throwable> dropped = new ArrayList<>();
    Hooks.onErrorDropped(dropped::add);
    try {
      StepVerifier.withVirtualTime(
              () ->
                  ReactorRetry.<String>mono(
                      runtime,
                      RetryPolicy.builder("Chat.ask")
                          .attemptTimeout(Duration.ofSeconds(1))
                          .maxRetries(0)
                          .build(),
                      null,
                      attempt ->
                          Mono.create(sink -> attempt.token().onCancel(() -> sink.error(aborted)))))
          .thenAwait(Duration.ofSeconds(1))
          .verifyErrorSatisfies(error -> assertThat(error).isSameAs(aborted));
    } finally {
      Hooks.resetOnErrorDropped();
    }
    assertThat(RetryTrace.find(aborted).report().failures())
        .extracting(failed -> failed.failure().kind())
        .containsExactly(FailureKind.TIMEOUT);
    assertThat(dropped).isEmpty();
  }

  @Test
  void leavesNoTimer() {
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
    TestPublisher<String> source = TestPublisher.create();

    StepVerifier.create(ReactorRetry.<String>flux(own, POLICY, attempt -> source.flux()))
        .then(() -> assertThat(clock.scheduledCount()).isEqualTo(1))
        .then(() -> source.next("a"))
        .expectNext("a")
        .then(() -> assertThat(clock.scheduledCount()).isZero())
        .thenCancel()
        .verify();
    StepVerifier.create(ReactorRetry.<String>flux(own, POLICY, attempt -> source.flux()))
        .then(() -> assertThat(clock.scheduledCount()).isEqualTo(1))
        .thenCancel()
        .verify();

    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void doesNotWaitForTheExecutor() {
    List<Runnable> executed = new ArrayList<>();
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(executed::add).build();

    StepVerifier.create(
            ReactorRetry.<String>mono(own, POLICY, null, attempt -> neverEnding(attempt.token())))
        .then(() -> clock.advance(Duration.ofSeconds(1)))
        .then(() -> assertThat(attempts.get(0).isCancelled()).isTrue())
        .then(() -> assertThat(executed).isEmpty())
        .thenCancel()
        .verify();
  }

  private Mono<String> neverEnding(CancellationToken attempt) {
    attempts.add(attempt);
    return Mono.never();
  }

  @Test
  void isWhatIsLeftOfTheDeadline() {
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
    RetryPolicy policy = RetryPolicy.builder("Chat.ask").deadline(Duration.ofSeconds(1)).build();
    var overloaded = new ProviderError(FailureKind.OVERLOADED);
    var script = new Script<Mono<String>>(Mono.error(overloaded), Mono.never());

    StepVerifier.create(ReactorRetry.<String>mono(own, policy, attempt -> script.get()))
        .then(() -> clock.advance(Duration.ofSeconds(1)))
        .verifyErrorSatisfies(
            error -> {
              assertThat(error).isInstanceOf(AttemptTimeoutException.class);
              assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.DEADLINE);
            });
    assertThat(script.calls()).isEqualTo(2);
  }

  private static Duration hour() {
    return Duration.ofHours(1);
  }
}
