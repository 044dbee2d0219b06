package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetrySettings;
import dev.llmretry.runtime.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Hedges of slow attempts, beyond what the table of cases says. */
class HedgingTest extends SequenceFixture {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.ask").hedgeAfter(Duration.ofMillis(100)).build();
  private static final RetryPolicy WITH_PREAMBLE =
      POLICY.toBuilder().preamble((String element) -> element.startsWith("role")).build();

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  @Test
  void theFirstResultOfTwoWins() {
    StepVerifier.create(mono(POLICY))
        .then(() -> pass(99))
        .then(() -> assertThat(attempts).hasSize(1))
        .then(() -> pass(1))
        .then(() -> attempts.get(1).emit("hedge"))
        .expectNext("hedge")
        .verifyComplete();
    assertThat(begun).extracting(Attempt::isHedge).containsExactly(false, true);
    attempts.get(0).assertCancelled();
    attempts.get(1).assertNotCancelled();
    assertThat(begun.get(0).token().isCancelled()).isTrue();
    assertThat(begun.get(1).token().isCancelled()).isFalse();
    assertThat(heard.events()).containsExactly("success 1");
  }

  @Test
  void theFirstContentOfTwoWins() {
    StepVerifier.create(flux(WITH_PREAMBLE))
        .then(() -> attempts.get(0).next("role 1"))
        .then(() -> pass(100))
        .then(() -> attempts.get(1).next("role 2"))
        .then(() -> attempts.get(0).next("slow"))
        .expectNext("role 1", "slow")
        .then(() -> attempts.get(1).assertCancelled())
        .then(() -> attempts.get(0).emit("but first"))
        .expectNext("but first")
        .verifyComplete();
  }

  @Test
  void aMonoWithoutAnElementWins() {
    StepVerifier.create(mono(POLICY))
        .then(() -> pass(100))
        .then(() -> attempts.get(0).complete())
        .verifyComplete();
    attempts.get(1).assertCancelled();
    assertThat(heard.events()).containsExactly("success 1");
  }

  @Test
  void hedgesAreMadeInVirtualTimeOfReactor() {
    RetryRuntime standard =
        RetryRuntime.builder().listener(heard).upstream(Upstream.none()).build();
    StepVerifier.withVirtualTime(
            () ->
                ReactorRetry.<String>mono(
                    standard,
                    POLICY.toBuilder().attemptTimeout(Duration.ofSeconds(1)).build(),
                    attempt -> {
                      begin(attempt);
                      return begun.size() < 4 ? Mono.never() : Mono.just("ok");
                    }))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(1_200)) // two time-outs, and the delay
        .then(() -> assertThat(begun).hasSize(3))
        .expectNoEvent(Duration.ofMillis(100))
        .expectNext("ok")
        .verifyComplete();
    assertThat(begun).extracting(Attempt::isHedge).containsExactly(false, true, false, true);
  }

  @Test
  void hedgesAreMadeOnReactorsThreads() {
    RetryRuntime standard = RetryRuntime.builder().upstream(Upstream.none()).build();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    StepVerifier.create(
            ReactorRetry.<String>mono(
                standard,
                POLICY,
                attempt -> {
                  threads.add(Thread.currentThread());
                  return attempt.isHedge() ? Mono.just("hedge") : Mono.never();
                }))
        .expectNext("hedge")
        .verifyComplete();
    assertThat(threads).hasSize(2);
    assertThat(threads.get(0)).isSameAs(Thread.currentThread());
    assertThat(threads.get(1)).isInstanceOf(NonBlocking.class);
  }

  @Test
  void hedgesAreMadeOnAnExecutorThatWasSetAfterReactorsWait() {
    List<Runnable> executed = new ArrayList<>();
    RetryRuntime own =
        RetryRuntime.builder().executor(executed::add).upstream(Upstream.none()).build();
    StepVerifier.withVirtualTime(
            () -> ReactorRetry.mono(own, POLICY, attempt -> begin(attempt).mono()))
        .thenAwait(Duration.ofMillis(100))
        .then(() -> assertThat(attempts).hasSize(1))
        .then(() -> executed.remove(0).run())
        .then(() -> attempts.get(1).emit("hedge"))
        .expectNext("hedge")
        .verifyComplete();
  }

  @Test
  void bothAttemptsSeeTheContextOfTheSubscriber() {
    List<String> users = new ArrayList<>();
    Mono<String> retried =
        ReactorRetry.mono(
            runtime,
            POLICY,
            attempt ->
                Mono.deferContextual(
                    context -> {
                      users.add(context.get("user"));
                      return begin(attempt).mono();
                    }));
    StepVerifier.create(retried.contextWrite(context -> context.put("user", "ada")))
        .then(() -> pass(100))
        .then(() -> attempts.get(1).emit("hedge"))
        .expectNext("hedge")
        .verifyComplete();
    assertThat(users).containsExactly("ada", "ada");
  }

  @Test
  void thePreambleOfTheLoserIsDiscarded() {
    subscribe(flux(WITH_PREAMBLE), Long.MAX_VALUE);
    attempts.get(0).next("role 1");
    pass(100);
    attempts.get(1).next("role 2", "text 2");
    assertThat(signals).containsExactly("role 2", "text 2");
    assertThat(discarded).containsExactly("role 1");
    attempts.get(0).next("late");
    assertThat(discarded).containsExactly("role 1", "late");
    attempts.get(1).complete();
    assertThat(signals).containsExactly("role 2", "text 2", "complete");
    assertThat(dropped).isEmpty();
  }

  @Test
  void theErrorOfTheLoserIsNotReported() {
    subscribe(
        ReactorRetry.<String>flux(
            runtime,
            POLICY,
            token,
            attempt ->
                Flux.create(
                    sink -> {
                      if (attempt.isHedge()) {
                        sink.next("hedge").complete();
                      } else {
                        attempt.token().onCancel(() -> sink.error(new IOException("aborted")));
                      }
                    })),
        Long.MAX_VALUE);
    pass(100);
    assertThat(signals).containsExactly("hedge", "complete");
    assertThat(dropped).isEmpty();
  }

  @Test
  void noMoreIsRequestedThanTheSubscriberRequested() {
    BaseSubscriber<String> subscriber = subscribe(flux(WITH_PREAMBLE), 1);
    pass(100);
    attempts.get(1).next("role 2"); // held back, so one more is requested
    attempts.get(0).assertMaxRequested(1);
    attempts.get(1).next("text 2");
    assertThat(signals).containsExactly("role 2");
    subscriber.request(1);
    assertThat(signals).containsExactly("role 2", "text 2");
    subscriber.request(2);
    attempts.get(1).next("a", "b").assertNoRequestOverflow().complete();
    assertThat(signals).containsExactly("role 2", "text 2", "a", "b", "complete");
  }

  @Test
  void aSubscriberThatRequestsNothingGetsNoHedge() {
    BaseSubscriber<String> subscriber = subscribe(flux(POLICY), 0);
    pass(10_000);
    assertThat(attempts).hasSize(1);
    subscriber.request(1);
    pass(100);
    assertThat(attempts).hasSize(2);
    subscriber.cancel();
    attempts.forEach(TestPublisher::assertCancelled);
    assertThat(begun).allMatch(attempt -> attempt.token().isCancelled());
    assertThat(heard.events()).containsExactly("give up 1 CANCELLED");
  }

  @Test
  void aTokenCancelsBothAttempts() {
    subscribe(mono(POLICY).flux(), Long.MAX_VALUE);
    pass(100);
    source.cancel();
    attempts.forEach(TestPublisher::assertCancelled);
    assertThat(signals).containsExactly("CancelledException");
  }

  private void callWith(RetrySettings settings) {
    RetryRuntime own = runtime.toBuilder().settings(settings).build();
    subscribe(
        ReactorRetry.<String>flux(own, POLICY, token, attempt -> begin(attempt).flux()),
        Long.MAX_VALUE);
  }

  @Test
  void settingsFromOutsideChangeTheTime() {
    callWith(compiled -> compiled.toBuilder().hedgeAfter(Duration.ofMillis(10)).build());
    pass(10);
    assertThat(attempts).hasSize(2);
    attempts.get(1).emit("hedge");
    assertThat(signals).containsExactly("hedge", "complete");
  }

  @Test
  void settingsFromOutsideSwitchHedgesOff() {
    callWith(compiled -> compiled.toBuilder().hedgeAfter(null).build());
    pass(10_000);
    assertThat(attempts).hasSize(1);
    attempts.get(0).emit("a");
    assertThat(signals).containsExactly("a", "complete");
  }
}
