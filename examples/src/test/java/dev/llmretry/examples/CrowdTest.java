package dev.llmretry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays what the demo plays with many callers, in real time, since a virtual clock cannot know
 * whether one of them waits for the provider. Faster limits, so that it takes less of it.
 */
@Timeout(60)
class CrowdTest {

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final BackoffClock clock = BackoffClock.system();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CrowdTimeline timeline =
      new CrowdTimeline(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);
  private final CrowdRunner runner = new CrowdRunner(provider, clock, timeline);

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private static CrowdScenario faster(CrowdScenario scenario) {
    return new CrowdScenario(
        scenario.title(),
        scenario.lesson(),
        scenario.callers(),
        5 * scenario.perSecond(),
        scenario.burst(),
        scenario.retries(),
        scenario.leastAnswers());
  }

  private static CrowdOutcome outcome(int answers, int refusals, String... otherEndings) {
    return new CrowdOutcome(answers, refusals, Set.of(otherEndings), 100);
  }

  static CrowdScenario[] scenarios() {
    return CrowdScenario.all().toArray(CrowdScenario[]::new);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void endsAsItShould(CrowdScenario scenario) {
    CrowdOutcome outcome = runner.run(faster(scenario), CancellationToken.none());
    timeline.end(scenario, outcome);

    assertThat(scenario.complaintsAbout(outcome)).isEmpty();
    String printed = bytes.toString(StandardCharsets.UTF_8);
    assertThat(printed)
        .endsWith(
            " calls answered, with " + outcome.requests() + " requests" + System.lineSeparator());
    assertThat(printed.chars().filter(c -> c == '#')).hasSize(outcome.answers());
    assertThat(printed.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void noLimitRemains() {
    CrowdScenario two =
        new CrowdScenario("", "", 2, 0.001, 1, runtime -> runtime.enabled(false), 1);
    assertThat(runner.run(two, CancellationToken.none()))
        .isEqualTo(new CrowdOutcome(1, 1, Set.of(), 2));

    OpenAiClient client = new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(30));
    ScenarioRunner next =
        new ScenarioRunner(provider, client, clock, new Spectator() {}, () -> 0.5);
    assertThat(next.run(Scenarios.all().get(0), CancellationToken.none()).ending())
        .isEqualTo(Outcome.ANSWER);
  }

  @Test
  void cancellationEndsCallsThatWaitForTheirTurn() {
    CancellationSource ctrlC = new CancellationSource();
    RetryListener cancelling =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt failed) {
            ctrlC.cancel();
          }
        };
    CrowdScenario slow = new CrowdScenario("", "", 20, 0.1, 1, runtime -> runtime, 20);

    CrowdOutcome outcome = new CrowdRunner(provider, clock, cancelling).run(slow, ctrlC.token());

    assertThat(outcome.answers()).isLessThanOrEqualTo(1);
    assertThat(outcome.refusals()).isZero();
    assertThat(outcome.otherEndings()).containsExactly("Cancelled");
  }

  @Test
  void whatIsNotAsExpectedIsExplained() {
    CrowdScenario all = CrowdScenario.all().get(2);
    CrowdScenario some = CrowdScenario.all().get(0);

    assertThat(all.complaintsAbout(outcome(60, 0))).isEmpty();
    assertThat(all.complaintsAbout(outcome(59, 1)))
        .containsExactly("answered 59 calls instead of at least 60");
    assertThat(some.complaintsAbout(outcome(1, 59))).isEmpty();
    assertThat(some.complaintsAbout(outcome(0, 60))).hasSize(1);
    assertThat(some.complaintsAbout(outcome(10, 49, "Network")))
        .containsExactly("calls ended with other errors: [Network]");
  }
}
