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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.RepeatedTest;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.util.RaceTestUtils;

/** Whatever comes at the same time, one of two attempts wins, and nothing of the other is left. */
class HedgeRacesTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("Chat.ask")
          .maxRetries(0)
          .hedgeAfter(Duration.ofMillis(100))
          .preamble("role"::equals)
          .build();

  private final Heard heard = new Heard();
  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().listener(heard).clock(clock).executor(Runnable::run).build();
  private final List<Sinks.Many<String>> attempts = new CopyOnWriteArrayList<>();
  private final List<String> signals = new CopyOnWriteArrayList<>();
  private final List<String> discarded = new CopyOnWriteArrayList<>();

  private Disposable subscribe() {
    return ReactorRetry.<String>flux(runtime, POLICY, token, attempt -> begin())
        .doOnDiscard(String.class, discarded::add)
        .subscribe(
            signals::add,
            error -> signals.add(error.getClass().getSimpleName()),
            () -> signals.add("complete"));
  }

  private Flux<String> begin() {
    Sinks.Many<String> sink = Sinks.many().multicast().directAllOrNothing();
    attempts.add(sink);
    return sink.asFlux();
  }

  private void becomeSlow() {
    clock.advance(Duration.ofMillis(100));
  }

  private void answer(int attempt) {
    attempts.get(attempt).tryEmitNext("role");
    attempts.get(attempt).tryEmitNext("text " + attempt);
    attempts.get(attempt).tryEmitComplete();
  }

  private void fail(int attempt) {
    attempts.get(attempt).tryEmitError(new ProviderError(FailureKind.SERVER));
  }

  private void assertItIsOver() {
    assertThat(heard.events()).hasSize(1);
    assertThat(token.registered()).isZero();
    assertThat(clock.scheduledCount()).isZero();
    assertThat(attempts).allMatch(sink -> sink.currentSubscriberCount() == 0);
  }

  @RepeatedTest(200)
  void bothAnswer() {
    subscribe();
    becomeSlow();
    RaceTestUtils.race(() -> answer(0), () -> answer(1));
    assertThat(signals).hasSize(3).startsWith("role").endsWith("complete");
    assertThat(signals.get(1)).isIn("text 0", "text 1");
    assertThat(discarded).isSubsetOf("role", "text 0", "text 1").doesNotContain(signals.get(1));
    assertItIsOver();
  }

  @RepeatedTest(200)
  void oneAnswersAndTheOtherFails() {
    subscribe();
    becomeSlow();
    RaceTestUtils.race(() -> fail(0), () -> answer(1));
    assertThat(signals).containsExactly("role", "text 1", "complete");
    assertItIsOver();
  }

  @RepeatedTest(200)
  void bothFail() {
    subscribe();
    becomeSlow();
    RaceTestUtils.race(() -> fail(0), () -> fail(1));
    assertThat(signals).containsExactly("ProviderError");
    assertItIsOver();
  }

  @RepeatedTest(200)
  void anAttemptAnswersWhenItsHedgeIsDue() {
    subscribe();
    RaceTestUtils.race(() -> answer(0), this::becomeSlow);
    assertThat(signals).containsExactly("role", "text 0", "complete");
    assertItIsOver();
  }

  @RepeatedTest(200)
  void theSubscriberCancelsWhenTheHedgeIsDue() {
    Disposable subscription = subscribe();
    RaceTestUtils.race(subscription::dispose, this::becomeSlow);
    assertThat(signals).isEmpty();
    assertItIsOver();
  }

  @RepeatedTest(200)
  void theTokenIsCancelledWhenTheHedgeAnswers() {
    subscribe();
    becomeSlow();
    RaceTestUtils.race(source::cancel, () -> answer(1));
    assertThat(signals.get(signals.size() - 1)).isIn("CancelledException", "complete");
    assertItIsOver();
  }

  @RepeatedTest(200)
  void bothOfTwoMonosAnswer() {
    List<Sinks.One<String>> monos = new CopyOnWriteArrayList<>();
    ReactorRetry.<String>mono(
            runtime,
            POLICY,
            token,
            attempt -> {
              monos.add(Sinks.one());
              return monos.get(monos.size() - 1).asMono();
            })
        .doOnDiscard(String.class, discarded::add)
        .subscribe(signals::add, error -> {}, () -> signals.add("complete"));
    becomeSlow();
    RaceTestUtils.race(() -> monos.get(0).tryEmitValue("0"), () -> monos.get(1).tryEmitValue("1"));
    assertThat(signals).hasSize(2).endsWith("complete");
    assertThat(signals.get(0)).isIn("0", "1");
    assertThat(discarded).isSubsetOf("0", "1").doesNotContain(signals.get(0));
    assertItIsOver();
  }
}
