package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Sinks;
import reactor.test.util.RaceTestUtils;

/** Whatever comes at the same time, a call ends once, and nothing of it is left. */
class RacesTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.ask").attemptTimeout(Duration.ofSeconds(1)).build();

  private final Heard heard = new Heard();
  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().listener(heard).clock(clock).executor(Runnable::run).build();
  private final Sinks.One<String> sink = Sinks.one();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();

  /**
   * An attempt that loses against its cancellation may fail all the same, which Reactor reports.
   */
  @BeforeEach
  void expectLateErrors() {
    Hooks.onErrorDropped(error -> assertThat(error).isInstanceOf(ProviderError.class));
  }

  @AfterEach
  void resetHooks() {
    Hooks.resetOnErrorDropped();
  }

  private Disposable subscribe() {
    return ReactorRetry.<String>mono(
            runtime,
            POLICY,
            token,
            attempt -> {
              calls.incrementAndGet();
              return sink.asMono();
            })
        .subscribe(element -> {}, error -> ends.incrementAndGet(), () -> ends.incrementAndGet());
  }

  private void fail() {
    sink.tryEmitError(new ProviderError(FailureKind.OVERLOADED));
  }

  private void timeOut() {
    clock.advance(Duration.ofSeconds(1));
  }

  private void succeed() {
    sink.tryEmitValue("a");
  }

  private void assertItIsOver() {
    assertThat(heard.events()).filteredOn(event -> !event.startsWith("retry")).hasSize(1);
    assertThat(token.registered()).isZero();
    assertThat(clock.scheduledCount()).isZero();
  }

  @RepeatedTest(100)
  void subscriberAgainstFailure() {
    Disposable subscription = subscribe();
    RaceTestUtils.race(subscription::dispose, this::fail);
    assertItIsOver();
  }

  @RepeatedTest(100)
  void subscriberAgainstTheEndOfTheWait() {
    fail();
    Disposable subscription = subscribe();
    RaceTestUtils.race(subscription::dispose, () -> clock.advance(Duration.ofMillis(100)));
    assertItIsOver();
  }

  @RepeatedTest(100)
  void tokenAgainstTheEndOfTheWait() {
    fail();
    subscribe();
    RaceTestUtils.race(source::cancel, () -> clock.advance(Duration.ofMillis(100)));
    assertItIsOver();
    assertThat(ends).hasValue(1);
  }

  @RepeatedTest(100)
  void tokenAgainstFailure() {
    subscribe();
    RaceTestUtils.race(source::cancel, this::fail);
    assertItIsOver();
    assertThat(ends).hasValue(1);
    assertThat(calls).hasValue(1);
  }

  @RepeatedTest(100)
  void tokenAgainstSubscriber() {
    Disposable subscription = subscribe();
    RaceTestUtils.race(source::cancel, subscription::dispose);
    assertItIsOver();
  }

  @RepeatedTest(100)
  void subscriberAgainstSuccess() {
    Disposable subscription = subscribe();
    RaceTestUtils.race(subscription::dispose, this::succeed);
    assertItIsOver();
  }

  @RepeatedTest(100)
  void tokenAgainstTimeOut() {
    subscribe();
    RaceTestUtils.race(source::cancel, this::timeOut);
    assertItIsOver();
    assertThat(ends).hasValue(1);
  }

  @RepeatedTest(100)
  void successAgainstTimeOut() {
    subscribe();
    RaceTestUtils.race(this::succeed, this::timeOut);
    clock.advance(Duration.ofHours(1)); // to the attempt after the time-out
    assertItIsOver();
    assertThat(ends).hasValue(1);
  }
}
