package dev.llmretry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.examples.provider.Reply;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays what the demo plays, over real connections but in virtual time; those calls that block no
 * thread in real time, since no thread waits for which it could move on.
 */
@Timeout(60)
class ScenariosTest {

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private ScenarioRunner runner(Duration timeout, Spectator listener, long seed) {
    OpenAiClient client = new OpenAiClient(provider.baseUrl(), "sk-test", timeout);
    return new ScenarioRunner(provider, client, clock, listener, new Random(seed)::nextDouble);
  }

  private Outcome play(Scenario scenario, Duration timeout) {
    return runner(timeout, new Spectator() {}, 1).run(scenario, CancellationToken.none());
  }

  private static boolean blocksNoThread(Scenario scenario) {
    return scenario.call() == Call.ASYNC || scenario.call() == Call.PUBLISH;
  }

  /** A provider that keeps silent costs real time: other tests see to it. */
  private static boolean takesNoTime(Scenario scenario) {
    return scenario.replies().stream()
        .noneMatch(reply -> reply instanceof Reply.Silence || reply instanceof Reply.Stall);
  }

  static Stream<Scenario> scenarios() {
    return Scenarios.all().stream()
        .filter(ScenariosTest::takesNoTime)
        .filter(scenario -> !blocksNoThread(scenario));
  }

  static Stream<Scenario> asynchronousScenarios() {
    return Scenarios.all().stream().filter(ScenariosTest::blocksNoThread);
  }

  static Stream<Scenario> randomScenarios() {
    return LongStream.range(0, 10)
        .boxed()
        .flatMap(seed -> RandomScenarios.draw(seed, 20).stream())
        .filter(ScenariosTest::takesNoTime);
  }

  @ParameterizedTest
  @MethodSource({"scenarios", "randomScenarios"})
  void endsAsItShould(Scenario scenario) {
    Outcome outcome = play(scenario, Duration.ofSeconds(30));

    assertThat(scenario.expected().complaintsAbout(outcome)).isEmpty();
    assertThat(outcome.waited())
        .isBetween(scenario.expected().leastWait(), scenario.expected().mostWait());
  }

  @ParameterizedTest
  @MethodSource("asynchronousScenarios")
  void endsAsItShouldInRealTime(Scenario scenario) {
    OpenAiClient client = new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(30));
    ScenarioRunner runner =
        new ScenarioRunner(
            provider, client, BackoffClock.system(), new Spectator() {}, new Random(1)::nextDouble);

    Outcome outcome = runner.run(scenario, CancellationToken.none());

    assertThat(scenario.expected().complaintsAbout(outcome)).isEmpty();
  }

  @Test
  void showsTokensAsTheyArriveAndWhatEndsThem() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Timeline timeline = new Timeline(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);
    Scenario brokenOff =
        Scenarios.all().stream()
            .filter(scenario -> scenario.title().contains("fails after ten tokens"))
            .findFirst()
            .orElseThrow();

    runner(Duration.ofSeconds(30), timeline, 1).run(brokenOff, CancellationToken.none());

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("#1  begins to answer"),
            line -> assertThat(line).contains("assistant: You said: Name the days of"),
            line -> assertThat(line).contains("throws ServerException: The server had"));
  }

  @Test
  void theClientsOwnTimeoutIsRetried() {
    Scenario silence =
        Scenarios.all().stream()
            .filter(scenario -> scenario.replies().contains(new Reply.Silence()))
            .findFirst()
            .orElseThrow();

    Outcome outcome = play(silence, Duration.ofMillis(500));

    assertThat(outcome).isEqualTo(new Outcome(Outcome.ANSWER, 2, 2, Duration.ofMillis(100)));
  }

  @Test
  void aSeedRepeatsFaultsJitterAndOutput() {
    assertThat(RandomScenarios.draw(42, 20)).isEqualTo(RandomScenarios.draw(42, 20));
    assertThat(RandomScenarios.draw(42, 20)).isNotEqualTo(RandomScenarios.draw(43, 20));
    assertThat(timelineOf(42)).isEqualTo(timelineOf(42)).contains("answered", "throws");
  }

  private String timelineOf(long seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Timeline timeline = new Timeline(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);
    List<Scenario> scenarios =
        RandomScenarios.draw(seed, 20).stream().filter(ScenariosTest::takesNoTime).toList();
    ScenarioRunner runner = runner(Duration.ofSeconds(30), timeline, seed);
    for (Scenario scenario : scenarios) {
      timeline.begin();
      runner.run(scenario, CancellationToken.none());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
