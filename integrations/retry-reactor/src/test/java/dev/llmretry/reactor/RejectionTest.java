package dev.llmretry.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.Rejection;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Sinks;
import reactor.test.util.RaceTestUtils;

/** What arrives while the check's rejection of an element is decided about. */
class RejectionTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.ask")
          .baseDelay(Duration.ofSeconds(10))
          .attemptTimeout(Duration.ofSeconds(1))
          .check((String element) -> element.equals("bad") ? Rejection.of("bad") : null)
          .build();

  private final Heard heard = new Heard();
  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final List<Throwable> dropped = new ArrayList<>();
  private final List<String> signals = new ArrayList<>();
  private final List<Sinks.Many<String>> attempts = new ArrayList<>();

  @BeforeEach
  void observeDroppedErrors() {
    Hooks.onErrorDropped(dropped::add);
  }

  @AfterEach
  void resetHooks() {
    Hooks.resetOnErrorDropped();
  }

  private Disposable subscribe(Runnable onRetry) {
    var acting =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt attempt) {
            onRetry.run();
          }
        };
    RetryRuntime runtime =
        RetryRuntime.builder()
            .listener(heard)
            .listener(acting)
            .clock(clock)
            .executor(Runnable::run)
            .build();
    return ReactorRetry.<String>flux(runtime, POLICY, token, attempt -> attempt())
        .subscribe(
            signals::add,
            error -> signals.add(error.getClass().getSimpleName()),
            () -> signals.add("complete"));
  }

  private Flux<String> attempt() {
    Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
    attempts.add(sink);
    return sink.asFlux();
  }

  private void reject() {
    attempts.get(0).tryEmitNext("bad");
  }

  private void awaitNextAttempt() {
    for (int i = 0; i < 200 && attempts.size() == 1; i++) {
      clock.advance(Duration.ofMillis(100));
    }
  }

  private void succeed() {
    attempts.get(attempts.size() - 1).tryEmitNext("good");
    attempts.get(attempts.size() - 1).tryEmitComplete();
  }

  private void assertNothingIsLeft() {
    assertThat(token.registered()).isZero();
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aTokenThatIsCancelledMeanwhileEndsTheCall() {
    subscribe(source::cancel);
    reject();
    assertThat(signals).containsExactly("CancelledException");
    assertThat(heard.events()).containsExactly("retry 1 after 10000 ms", "give up 1 CANCELLED");
    assertThat(dropped).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void aTimeOutThatElapsesMeanwhileIsTooLate() {
    subscribe(() -> clock.advance(Duration.ofSeconds(1)));
    reject();
    awaitNextAttempt();
    succeed();
    assertThat(signals).containsExactly("good", "complete");
    assertThat(heard.events()).containsExactly("retry 1 after 10000 ms", "success 2");
    assertNothingIsLeft();
  }

  @Test
  void aSubscriberThatCancelsMeanwhileHearsNothing() {
    var subscription = new Disposable[1];
    subscription[0] = subscribe(() -> subscription[0].dispose());
    reject();
    assertThat(signals).isEmpty();
    assertThat(heard.events()).containsExactly("retry 1 after 10000 ms", "give up 1 CANCELLED");
    assertThat(dropped).isEmpty();
    assertNothingIsLeft();
  }

  @RepeatedTest(100)
  void againstTimeOut() {
    subscribe(() -> {});
    RaceTestUtils.race(this::reject, () -> clock.advance(Duration.ofSeconds(1)));
    awaitNextAttempt();
    succeed();
    assertThat(signals).containsExactly("good", "complete");
    assertThat(heard.events()).containsExactly("retry 1 after 10000 ms", "success 2");
    assertNothingIsLeft();
  }

  @RepeatedTest(100)
  void againstToken() {
    subscribe(() -> {});
    RaceTestUtils.race(this::reject, source::cancel);
    assertThat(signals).containsExactly("CancelledException");
    assertThat(heard.events()).filteredOn(event -> event.startsWith("give up")).hasSize(1);
    assertNothingIsLeft();
  }

  @RepeatedTest(100)
  void againstSubscriber() {
    Disposable subscription = subscribe(() -> {});
    RaceTestUtils.race(this::reject, subscription::dispose);
    assertThat(signals).isEmpty();
    assertThat(heard.events()).filteredOn(event -> event.startsWith("give up")).hasSize(1);
    assertNothingIsLeft();
  }
}
