package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

/** Sequences whose attempts the test controls, and what becomes of their signals. */
abstract class SequenceFixture {

  final Heard heard = new Heard();
  final CancellationSource source = new CancellationSource();
  final ObservedToken token = new ObservedToken(source.token());
  final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  final RetryRuntime runtime =
      RetryRuntime.builder().listener(heard).clock(clock).executor(Runnable::run).build();
  final List<Attempt> begun = new ArrayList<>();
  final List<TestPublisher<String>> attempts = new ArrayList<>();
  final List<String> signals = new ArrayList<>();
  final List<Object> discarded = new ArrayList<>();
  final List<Object> dropped = new ArrayList<>();

  @BeforeEach
  void observeWhatIsDropped() {
    Hooks.onErrorDropped(dropped::add);
    Hooks.onNextDropped(dropped::add);
  }

  @AfterEach
  void nothingIsLeft() {
    Hooks.resetOnErrorDropped();
    Hooks.resetOnNextDropped();
    assertThat(token.registered()).isZero();
    assertThat(clock.scheduledCount()).isZero();
  }

  TestPublisher<String> begin(Attempt attempt) {
    begun.add(attempt);
    TestPublisher<String> publisher =
        TestPublisher.createNoncompliant(
            Violation.CLEANUP_ON_TERMINATE, Violation.REQUEST_OVERFLOW);
    attempts.add(publisher);
    return publisher;
  }

  Mono<String> mono(RetryPolicy policy) {
    return ReactorRetry.mono(runtime, policy, token, attempt -> begin(attempt).mono());
  }

  Flux<String> flux(RetryPolicy policy) {
    return ReactorRetry.<String>flux(runtime, policy, token, attempt -> begin(attempt).flux())
        .doOnDiscard(String.class, discarded::add);
  }

  BaseSubscriber<String> subscribe(Flux<String> flux, long requested) {
    var subscriber = new RecordingSubscriber(signals, requested);
    flux.subscribe(subscriber);
    return subscriber;
  }
}
