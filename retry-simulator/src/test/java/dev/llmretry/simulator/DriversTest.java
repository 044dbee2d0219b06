package dev.llmretry.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.Jitter;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocking calls and calls that return futures are retried alike, to the nanosecond. */
class DriversTest {

  private static final Limit LIMIT = Limit.requestsPerMinute(1_200, 10);

  static Stream<Scenario> scenarios() {
    Provider.Builder limited = Provider.builder().limit(LIMIT).refusalsCount();
    Provider.Builder server =
        Provider.builder().workers(20).latency(Duration.ofSeconds(1), 0.5).failures(0.1);
    return Stream.of(
        new Scenario("limit", "", limited.build(), Load.closed(30, 200)),
        new Scenario("processes", "", limited.build(), Load.closed(30, 200).processes(3)),
        new Scenario(
            "tokens",
            "",
            Provider.builder().limit(Limit.tokensPerMinute(60_000, 2_000)).build(),
            Load.closed(30, 200).tokens(100, 0.8)),
        new Scenario(
            "window",
            "",
            Provider.builder()
                .limit(Limit.requestsPerWindow(100, Duration.ofSeconds(10)))
                .hint(Hint.wholeSeconds())
                .build(),
            Load.closed(30, 200)),
        new Scenario(
            "concurrency",
            "",
            Provider.builder().limit(Limit.concurrentRequests(8)).build(),
            Load.closed(30, 200)),
        new Scenario(
            "deadline",
            "",
            limited.build(),
            Load.open(25, Duration.ofSeconds(20)).deadline(Duration.ofSeconds(4))),
        new Scenario(
            "brown-out",
            "",
            server.capacity(Duration.ofSeconds(5), Duration.ofSeconds(10), 0.4).build(),
            Load.open(18, Duration.ofSeconds(30)).attemptTimeout(Duration.ofSeconds(3))),
        new Scenario(
            "brown-out, abandoned work stops",
            "",
            server.stopsWhenAbandoned().build(),
            Load.open(18, Duration.ofSeconds(30))
                .attemptTimeout(Duration.ofSeconds(3))
                .deadline(Duration.ofSeconds(10))),
        new Scenario(
            "outage and connection loss",
            "",
            Provider.builder()
                .outage(Duration.ofSeconds(3), Duration.ofSeconds(2))
                .connectionLoss(Duration.ofSeconds(8))
                .stragglers(0.1, 10)
                .build(),
            Load.closed(30, 200).brokenMethod(0.2)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void bothDriversDecideAlike(Scenario scenario) {
    for (Jitter jitter : List.of(Jitter.NONE, Jitter.FULL)) {
      RetryPolicy policy = RetryPolicy.builder("ask").maxRetries(4).jitter(jitter).build();
      assertBothDecideAlike(scenario, Strategy.of("alone", policy));
    }
  }

  private static void assertBothDecideAlike(Scenario scenario, Strategy strategy) {
    List<String> futures = decisions(scenario, strategy, Driver.FUTURES);
    List<String> blocking = decisions(scenario, strategy, Driver.BLOCKING);
    assertThat(futures).hasSizeGreaterThan(250);
    assertThat(blocking).isEqualTo(futures);
  }

  /** Returns each decision of the runtime, in order, and the figures of the result. */
  private static List<String> decisions(Scenario scenario, Strategy strategy, Driver driver) {
    List<String> decisions = new ArrayList<>();
    Strategy recorded = strategy.runtime(builder -> builder.listener(recording(decisions)));
    SimulationRun run = Simulation.of(scenario).driver(driver).run(recorded).runs().get(0);
    for (Metric metric : Metric.values()) {
      decisions.add(metric + " " + run.get(metric));
    }
    decisions.add(run.errors().toString());
    for (TimeSeries series : run.series()) {
      for (int second = 0; second < series.length(); second++) {
        decisions.add(series.name() + " " + series.get(second));
      }
    }
    return decisions;
  }

  private static RetryListener recording(List<String> decisions) {
    return new RetryListener() {
      @Override
      public void onRetry(RetryEvent event, FailedAttempt attempt) {
        decisions.add("retry " + attempt.number() + " " + attempt.failure() + attempt.delay());
      }

      @Override
      public void onSuccess(RetryEvent event) {
        decisions.add("success " + event.attempt());
      }

      @Override
      public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
        decisions.add("gave up " + report.attempts() + " " + report.reason());
      }
    };
  }
}
