package dev.llmretry.reactor;

import static dev.llmretry.reactor.Script.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.RefusingClock;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.test.StepVerifier;

class RetriesTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("Chat.ask").build();
  private static final RetryPolicy AT_ONCE =
      RetryPolicy.builder("Chat.ask").baseDelay(Duration.ZERO).build();

  private final Heard heard = new Heard();
  private final RetryRuntime runtime = RetryRuntime.builder().listener(heard).build();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  @Test
  void waitsInVirtualTime() {
    var script =
        new Script<Mono<String>>(
            Mono.error(overloaded), Mono.error(overloaded), Mono.error(overloaded), Mono.just("a"));

    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>mono(runtime, POLICY, attempt -> script.get()))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(700))
        .expectNext("a")
        .verifyComplete();

    assertThat(script.calls()).isEqualTo(4);
    assertThat(heard.events())
        .containsExactly(
            "retry 1 after 100 ms", "retry 2 after 200 ms", "retry 3 after 400 ms", "success 4");
  }

  @Test
  void waitsAsLongAsTheProviderAsks() {
    var script =
        new Script<Flux<String>>(
            failing(new ProviderError(FailureKind.RATE_LIMITED, Duration.ofSeconds(7))),
            Flux.just("a", "b"));

    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>flux(runtime, POLICY, attempt -> script.get()))
        .expectSubscription()
        .expectNoEvent(Duration.ofSeconds(7))
        .expectNext("a", "b")
        .verifyComplete();
  }

  @Test
  void makesNoCallBeforeSubscriptionAndAnotherForEachSubscriber() {
    var script = new Script<Mono<String>>(Mono.error(overloaded), Mono.just("a"), Mono.just("b"));
    Mono<String> retried = ReactorRetry.mono(runtime, AT_ONCE, attempt -> script.get());
    assertThat(script.calls()).isZero();

    StepVerifier.create(retried).expectNext("a").verifyComplete();
    StepVerifier.create(retried).expectNext("b").verifyComplete();

    assertThat(heard.events()).containsExactly("retry 1 after 0 ms", "success 2", "success 1");
  }

  @Test
  void endsWithTheVeryErrorThatIsNotRetried() {
    var unauthorized = new ProviderError(FailureKind.UNAUTHORIZED);
    var script = new Script<Mono<String>>(Mono.error(unauthorized));

    StepVerifier.create(ReactorRetry.<String>mono(runtime, POLICY, attempt -> script.get()))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(unauthorized));

    assertThat(reasonOf(unauthorized)).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    assertThat(script.calls()).isEqualTo(1);
  }

  @Test
  void endsWithTheVeryErrorOfTheLastAttempt() {
    var last = new ProviderError(FailureKind.SERVER);
    var script =
        new Script<Flux<String>>(
            failing(overloaded), failing(overloaded), failing(overloaded), failing(last));

    StepVerifier.create(ReactorRetry.<String>flux(runtime, AT_ONCE, attempt -> script.get()))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(last));

    assertThat(reasonOf(last)).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
    assertThat(heard.events()).last().isEqualTo("give up 4 ATTEMPTS_EXHAUSTED");
  }

  @Test
  void retriesWhatTheCallThrows() {
    var calls = new AtomicInteger();

    StepVerifier.create(
            ReactorRetry.<String>mono(
                runtime,
                AT_ONCE,
                attempt -> {
                  if (calls.incrementAndGet() == 1) {
                    throw new IOException("connection reset");
                  }
                  if (calls.get() == 2) {
                    throw Exceptions.propagate(new IOException("connection reset"));
                  }
                  return Mono.just("a");
                }))
        .expectNext("a")
        .verifyComplete();

    assertThat(calls).hasValue(3);
  }

  @Test
  void takesAnErrorOutOfReactorsWrapping() {
    var unauthorized = new ProviderError(FailureKind.UNAUTHORIZED);

    StepVerifier.create(
            ReactorRetry.<String>mono(
                runtime,
                POLICY,
                attempt -> {
                  throw Exceptions.propagate(unauthorized);
                }))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(unauthorized));
  }

  @Test
  void namesTheMethodThatReturnsNull() {
    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> null))
        .verifyErrorSatisfies(
            error ->
                assertThat(error)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("Chat.ask"));
  }

  @Test
  void takesNoElementForAResult() {
    var script = new Script<Mono<String>>(Mono.error(overloaded), Mono.empty());
    StepVerifier.create(ReactorRetry.<String>mono(runtime, AT_ONCE, attempt -> script.get()))
        .verifyComplete();
    assertThat(heard.events()).containsExactly("retry 1 after 0 ms", "success 2");
  }

  @Test
  void retriesNothingOnceAnElementWasHandedOn() {
    var script = new Script<Flux<String>>(failing(overloaded, "a", "b"), Flux.just("c"));

    StepVerifier.create(ReactorRetry.<String>flux(runtime, POLICY, attempt -> script.get()))
        .expectNext("a", "b")
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));

    assertThat(reasonOf(overloaded)).isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
    assertThat(script.calls()).isEqualTo(1);
    assertThat(heard.events()).containsExactly("give up 1 ELEMENTS_DELIVERED");
  }

  @Test
  void hearsOfSuccessWhenTheSequenceCompletes() {
    StepVerifier.create(
            ReactorRetry.<String>flux(runtime, POLICY, attempt -> Flux.just("a", "b"))
                .doOnNext(element -> assertThat(heard.events()).isEmpty()))
        .expectNext("a", "b")
        .verifyComplete();
    assertThat(heard.events()).containsExactly("success 1");
  }

  @Test
  void hearsOfSuccessOnceFromAMono() {
    Mono<String> retried = ReactorRetry.mono(runtime, POLICY, attempt -> Mono.just("a"));
    StepVerifier.create(retried).expectNext("a").verifyComplete();
    StepVerifier.create(retried.flux().take(1)).expectNext("a").verifyComplete();
    assertThat(heard.events()).containsExactly("success 1", "success 1");
  }

  @Test
  void showsEachAttemptTheContextOfTheSubscriber() {
    List<String> users = new ArrayList<>();
    Mono<String> retried =
        ReactorRetry.mono(
            runtime,
            POLICY,
            attempt ->
                Mono.deferContextual(
                    context -> {
                      users.add(context.get("user"));
                      return users.size() < 3 ? Mono.error(overloaded) : Mono.just("a");
                    }));

    StepVerifier.withVirtualTime(() -> retried.contextWrite(context -> context.put("user", "ada")))
        .thenAwait(Duration.ofSeconds(1))
        .expectNext("a")
        .verifyComplete();

    assertThat(users).containsExactly("ada", "ada", "ada");
  }

  @Test
  void countsDemandOverAttempts() {
    var script = new Script<Flux<String>>(failing(overloaded), Flux.just("a", "b", "c"));
    StepVerifier.create(ReactorRetry.<String>flux(runtime, AT_ONCE, attempt -> script.get()), 1)
        .expectNext("a")
        .thenRequest(1)
        .expectNext("b")
        .thenRequest(1)
        .expectNext("c")
        .verifyComplete();
  }

  @Test
  void doesNotDeepenTheStackWithEachAttempt() {
    RetryPolicy many =
        RetryPolicy.builder("Chat.ask").maxRetries(10_000).baseDelay(Duration.ZERO).build();
    var script = new Script<Mono<String>>(Mono.error(overloaded));
    StepVerifier.create(ReactorRetry.<String>mono(runtime, many, attempt -> script.get()))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));
    assertThat(script.calls()).isEqualTo(10_001);
  }

  @Test
  void doesNotMistakeItsErrorsForElementsToBeSkipped() {
    var script = new Script<Flux<String>>(failing(overloaded));
    StepVerifier.create(
            ReactorRetry.<String>flux(runtime, AT_ONCE, attempt -> script.get())
                .onErrorContinue((error, element) -> {}))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));
  }

  /** A wait that ends while this thread still subscribes would leave the attempt to it. */
  @Test
  void makesLaterAttemptsOnReactorsThreads() {
    RetryPolicy later =
        RetryPolicy.builder("Chat.ask").maxRetries(1).baseDelay(Duration.ofMillis(500)).build();
    List<Thread> threads = new CopyOnWriteArrayList<>();

    StepVerifier.create(
            ReactorRetry.<String>mono(
                runtime,
                later,
                attempt -> {
                  threads.add(Thread.currentThread());
                  return Mono.error(overloaded);
                }))
        .verifyError(ProviderError.class);

    assertThat(threads).hasSize(2);
    assertThat(threads.get(0)).isSameAs(Thread.currentThread());
    assertThat(threads.get(1)).isInstanceOf(NonBlocking.class);
  }

  @Test
  void makesLaterAttemptsOnAnExecutorThatWasSet() {
    List<Runnable> executed = new ArrayList<>();
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(executed::add).build();
    var script = new Script<Mono<String>>(Mono.error(overloaded), Mono.just("a"));

    StepVerifier.create(ReactorRetry.<String>mono(own, POLICY, attempt -> script.get()))
        .then(() -> clock.advance(Duration.ofMillis(100)))
        .then(() -> assertThat(script.calls()).isEqualTo(1))
        .then(() -> executed.remove(0).run())
        .expectNext("a")
        .verifyComplete();

    assertThat(executed).isEmpty();
  }

  @Test
  void makesLaterAttemptsOnAnExecutorThatWasSetAfterReactorsWait() {
    List<Runnable> executed = new ArrayList<>();
    RetryRuntime own = RetryRuntime.builder().executor(executed::add).build();
    var script = new Script<Mono<String>>(Mono.error(overloaded), Mono.just("a"));

    StepVerifier.withVirtualTime(
            () -> ReactorRetry.<String>mono(own, POLICY, attempt -> script.get()))
        .thenAwait(Duration.ofMillis(100))
        .then(() -> executed.remove(0).run())
        .expectNext("a")
        .verifyComplete();
  }

  @Test
  void endsWithTheLastErrorIfTheExecutorRefuses() {
    RetryRuntime own =
        RetryRuntime.builder()
            .listener(heard)
            .executor(
                work -> {
                  throw new RejectedExecutionException("shut down");
                })
            .build();
    var script = new Script<Mono<String>>(Mono.error(overloaded));

    StepVerifier.create(ReactorRetry.<String>mono(own, AT_ONCE, attempt -> script.get()))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));

    assertThat(heard.events()).containsExactly("retry 1 after 0 ms", "give up 1 EXECUTOR_REJECTED");
  }

  @Test
  void endsWithTheLastErrorIfTheClockCannotBoundAnAttempt() {
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own =
        RetryRuntime.builder()
            .clock(new RefusingClock(clock, 2))
            .executor(Runnable::run)
            .listener(heard)
            .build();
    RetryPolicy timed =
        RetryPolicy.builder("Chat.ask").attemptTimeout(Duration.ofSeconds(1)).build();
    var script = new Script<Mono<String>>(Mono.error(overloaded));

    StepVerifier.create(ReactorRetry.<String>mono(own, timed, attempt -> script.get()))
        .then(() -> clock.advance(Duration.ofMillis(100)))
        .verifyErrorSatisfies(error -> assertThat(error).isSameAs(overloaded));

    assertThat(heard.events())
        .containsExactly("retry 1 after 100 ms", "give up 2 EXECUTOR_REJECTED");
    assertThat(clock.scheduledCount()).isZero();
  }

  private static GiveUpReason reasonOf(Throwable error) {
    return RetryTrace.find(error).report().reason();
  }
}
