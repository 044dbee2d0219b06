package dev.llmretry.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final Strategy ALONE = Strategy.alone();
  private static final Strategy JITTER = Strategy.modelOfFullJitter(Duration.ofSeconds(1), 10);
  private static final Strategy AWS = Strategy.modelOfAwsAdaptive(3);

  private static Scenario scenario(Provider.Builder provider, Load load) {
    return new Scenario("test", "a test", provider.build(), load);
  }

  private static SimulationRun run(Scenario scenario, Strategy strategy) {
    return Simulation.of(scenario).run(strategy).runs().get(0);
  }

  @Test
  void allCallsAreAnsweredWithoutALimit() {
    SimulationReport report =
        Simulation.of(scenario(Provider.builder(), Load.closed(10, 1_000)))
            .seeds(3)
            .run(Strategy.noRetries())
            .assertAtLeast(Metric.ANSWERED, 100)
            .assertAtMost(Metric.REQUESTS_PER_ANSWER, 1)
            .assertAtLeast(Metric.END_TO_IDEAL, 0.9)
            .assertAtMost(Metric.END_TO_IDEAL, 1.1);
    assertThat(report.runs()).extracting(SimulationRun::calls).containsOnly(1_000);
    assertThat(report.range(Metric.RECOVERY).median()).isNaN();
  }

  @Test
  void theSameSeedGivesTheSameResult() {
    Scenario scenario =
        scenario(
            Provider.builder().limit(Limit.requestsPerMinute(600, 10)).failures(0.1),
            Load.closed(20, 500).processes(2));
    SimulationRun first = run(scenario, JITTER);
    SimulationRun again = run(scenario, JITTER);
    SimulationRun other = Simulation.of(scenario).firstSeed(2).run(JITTER).runs().get(0);
    assertThat(again.get(Metric.P99_TIME)).isEqualTo(first.get(Metric.P99_TIME));
    assertThat(again.requests()).isEqualTo(first.requests());
    assertThat(other.get(Metric.P99_TIME)).isNotEqualTo(first.get(Metric.P99_TIME));
  }

  /** The reason to share what is known about a provider among calls. */
  @Test
  void retriesOfOneCallAtATimeFailAtARateLimit() {
    Scenario scenario = Scenarios.named("s1").orElseThrow();
    Simulation.of(scenario)
        .run(ALONE)
        .assertAtMost(Metric.ANSWERED, 2)
        .assertAtLeast(Metric.REQUESTS_PER_ANSWER, 200);
    Simulation.of(scenario)
        .run(Strategy.modelOfExponentialBackoff(Duration.ofMillis(100), 3))
        .assertAtMost(Metric.ANSWERED, 2)
        .assertAtLeast(Metric.REQUESTS_PER_ANSWER, 200);
    Simulation.of(scenario)
        .run(JITTER)
        .assertAtLeast(Metric.ANSWERED, 97)
        .assertAtLeast(Metric.REQUESTS_PER_ANSWER, 2)
        .assertAtLeast(Metric.END_TO_IDEAL, 1.5);
    Simulation.of(scenario)
        .run(AWS)
        .assertAtLeast(Metric.ANSWERED, 100)
        .assertAtMost(Metric.REQUESTS_PER_ANSWER, 1.1)
        .assertAtLeast(Metric.END_TO_IDEAL, 1.3);
  }

  @Test
  void processesThatShareAnUpstreamAreAsOne() {
    for (String name : List.of("s1", "s3", "free")) {
      Scenario one = Scenarios.named(name).orElseThrow();
      Scenario fifty =
          new Scenario(name, one.description(), one.provider(), one.load().processes(50));
      SimulationRun ofOne = run(one, Strategy.defaults());
      double requests = ofOne.get(Metric.REQUESTS_PER_ANSWER);
      double end = ofOne.get(Metric.END_TO_IDEAL);
      Simulation.of(fifty)
          .run(Strategy.sharedByProcesses())
          .assertAtLeast(Metric.ANSWERED, 100)
          .assertAtMost(Metric.REQUESTS_PER_ANSWER, requests * 1.02)
          .assertAtMost(Metric.END_TO_IDEAL, end * 1.03);
      Simulation.of(fifty)
          .run(Strategy.defaults())
          .assertAtLeast(Metric.REQUESTS_PER_ANSWER, requests * 1.2);
    }
  }

  @Test
  void aFewProcessesThatShareNothingFindTheirPartOfARateLimit() {
    Simulation.of(Scenarios.named("s3-10").orElseThrow())
        .run(Strategy.defaults())
        .assertAtLeast(Metric.ANSWERED, 100)
        .assertAtMost(Metric.REQUESTS_PER_ANSWER, 1.7);
  }

  @Test
  void anUpstreamUsesARateLimitFullyAndWastesLittle() {
    Simulation.of(Scenarios.named("s1").orElseThrow())
        .run(Strategy.defaults())
        .assertAtLeast(Metric.ANSWERED, 100)
        .assertAtMost(Metric.REQUESTS_PER_ANSWER, 1.05)
        .assertAtMost(Metric.END_TO_IDEAL, 1.3);
  }

  @Test
  void anUpstreamDoesNotAmplifyAnOutage() {
    Simulation.of(Scenarios.named("s4").orElseThrow())
        .run(Strategy.defaults())
        .assertAtMost(Metric.REQUESTS_PER_CALL, 1.05)
        .assertAtMost(Metric.RECOVERY, 10);
  }

  @Test
  void anUpstreamDoesNotProlongABrownOut() {
    Simulation brownOut = Simulation.of(Scenarios.named("s5").orElseThrow()).seeds(5);
    double withoutRetries = brownOut.run(Strategy.noRetries()).range(Metric.RECOVERY).median();
    for (Duration delay : List.of(Duration.ofMillis(100), Duration.ofSeconds(30))) {
      RetryPolicy policy =
          RetryPolicy.builder("after " + delay)
              .baseDelay(delay)
              .maxDelay(Duration.ofMinutes(1))
              .build();
      Strategy retrying =
          Strategy.of(policy.name(), policy)
              .runtime(builder -> builder.upstream(Upstream.builder("simulated").build()));
      Range recovery =
          brownOut
              .run(retrying)
              .assertAtMost(Metric.REQUESTS_PER_CALL, 1.05)
              .range(Metric.RECOVERY);
      // One retry changes all random numbers after it.
      assertThat(recovery.median()).as(policy.name()).isLessThanOrEqualTo(withoutRetries + 2);
    }
  }

  @Test
  @Tag("matrix")
  void retriesKeepABrownOutGoing() {
    Scenario scenario = Scenarios.named("s5").orElseThrow();
    Simulation.of(scenario)
        .run(Strategy.noRetries())
        .assertAtMost(Metric.RECOVERY, 120)
        .assertAtLeast(Metric.ANSWERED, 60);
    Simulation.of(scenario)
        .run(ALONE)
        .assertAtLeast(Metric.RECOVERY, Double.POSITIVE_INFINITY)
        .assertAtMost(Metric.ANSWERED, 25)
        .assertAtLeast(Metric.REQUESTS_PER_CALL, 2);
  }

  @Test
  void independentFailuresAreRetried() {
    Scenario scenario = scenario(Provider.builder().failures(0.2), Load.closed(50, 5_000));
    assertThat(run(scenario, Strategy.noRetries()).get(Metric.ANSWERED)).isCloseTo(80, within(3.0));
    assertThat(run(scenario, ALONE).get(Metric.ANSWERED)).isCloseTo(99.84, within(0.2));
    assertThat(run(scenario, ALONE).get(Metric.REQUESTS_PER_CALL)).isCloseTo(1.25, within(0.05));
  }

  @Test
  void aConnectionIsLostForAllRequestsInFlight() {
    Scenario scenario =
        scenario(
            Provider.builder().connectionLoss(Duration.ofSeconds(10)), Load.closed(100, 2_000));
    assertThat(run(scenario, Strategy.noRetries()).errors()).isEqualTo(Map.of("IOException", 100));
    assertThat(run(scenario, ALONE).answered()).isEqualTo(2_000);
  }

  @Test
  void anOutageEnds() {
    Scenario scenario =
        scenario(
            Provider.builder().outage(Duration.ofSeconds(20), Duration.ofSeconds(10)),
            Load.open(20, Duration.ofSeconds(60)));
    SimulationRun run = run(scenario, Strategy.noRetries());
    assertThat(run.get(Metric.RECOVERY)).isZero();
    assertThat(run.get(Metric.BACKLOG)).isLessThan(3);
    assertThat(run.errors()).containsOnlyKeys("HTTP 503");
    assertThat(run.errors().get("HTTP 503")).isBetween(150, 250);
    assertThat(run.get(Metric.ANSWERED)).isCloseTo(83, within(5.0));
  }

  @Test
  void aRouteThatIsDownCostsCallsNothing() {
    for (String name : List.of("s6-dead", "s6-hanging")) {
      Scenario scenario = Scenarios.named(name).orElseThrow();
      SimulationReport alone = Simulation.of(scenario).run(Strategy.defaults());
      assertThat(alone.range(Metric.ANSWERED).max()).isLessThan(80);
      double usual =
          run(scenario(Provider.builder(), scenario.load()), Strategy.defaults())
              .get(Metric.MEDIAN_TIME);
      Simulation.of(scenario)
          .run(Strategy.routed())
          .assertAtLeast(Metric.ANSWERED, 99.9)
          .assertAtMost(Metric.REQUESTS_WHILE_DOWN, 1.2)
          .assertAtMost(Metric.MEDIAN_TIME, usual * 1.05);
    }
  }

  @Test
  void blockingCallsTakeRoutes() {
    Provider dead = Provider.builder().outage(Duration.ZERO, Duration.ofHours(1)).build();
    Scenario scenario =
        new Scenario(
            "routes", "", dead, List.of(dead, Provider.builder().build()), Load.closed(20, 400));
    Simulation.of(scenario)
        .driver(Driver.BLOCKING)
        .run(Strategy.routed())
        .assertAtLeast(Metric.ANSWERED, 100);
  }

  @Test
  void hedgesHalveTheTailThatStragglersMake() {
    Scenario scenario = Scenarios.named("s8").orElseThrow();
    Simulation simulation = Simulation.of(scenario).seeds(20);
    SimulationReport alone = simulation.run(Strategy.defaults());
    double unhedged = alone.range(Metric.P99_TIME).min();
    simulation
        .run(Strategy.hedged(Duration.ofMillis(3_500)))
        .assertAtLeast(Metric.ANSWERED, 100)
        .assertAtMost(Metric.P99_TIME, unhedged / 2)
        .assertAtMost(Metric.REQUESTS_PER_CALL, 1.05);
  }

  @Test
  void theBudgetLimitsHedgesThatAreMadeTooEarly() {
    Simulation.of(Scenarios.named("s8").orElseThrow())
        .seeds(5)
        .run(Strategy.hedged(Duration.ofMillis(500)))
        .assertAtLeast(Metric.ANSWERED, 100)
        .assertAtMost(Metric.REQUESTS_PER_CALL, 1.05);
  }

  @Test
  void callsOfABrokenMethodAreNotCounted() {
    Scenario scenario = scenario(Provider.builder(), Load.closed(10, 1_000).brokenMethod(0.5));
    SimulationRun run = run(scenario, ALONE);
    assertThat(run.calls()).isBetween(400, 600);
    assertThat(run.answered()).isEqualTo(run.calls());
    assertThat(run.requests()).isEqualTo(run.calls());
    assertThat(run.errors()).isEmpty();
  }

  @Test
  void aProviderWorksOnWhatHasTimedOutUnlessItNotices() {
    Load load = Load.open(15, Duration.ofSeconds(100)).attemptTimeout(Duration.ofSeconds(10));
    Provider.Builder provider = Provider.builder().workers(10).latency(Duration.ofSeconds(1), 0.2);
    SimulationRun unaware = run(scenario(provider, load), Strategy.noRetries());
    SimulationRun aware = run(scenario(provider.stopsWhenAbandoned(), load), Strategy.noRetries());
    assertThat(unaware.errors()).containsOnlyKeys("AttemptTimeoutException");
    assertThat(aware.answered()).isGreaterThan(unaware.answered() + 50);
  }

  @Test
  void aRefusalThatIsNotWaitedForFreesNoWorker() {
    Scenario scenario =
        scenario(
            Provider.builder()
                .workers(1)
                .latency(Duration.ofSeconds(1), 0)
                .outage(Duration.ZERO, Duration.ofSeconds(5))
                .refusalLatency(Duration.ofSeconds(10))
                .stopsWhenAbandoned(),
            Load.closed(10, 60).attemptTimeout(Duration.ofSeconds(3)));
    TimeSeries answered = run(scenario, Strategy.noRetries()).series("answered");
    for (int second = 0; second < answered.length(); second++) {
      assertThat(answered.get(second)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aDeadlineEndsCalls() {
    Scenario scenario =
        scenario(
            Provider.builder().latency(Duration.ofSeconds(2), 0.5),
            Load.closed(10, 500).deadline(Duration.ofSeconds(2)));
    SimulationRun run = run(scenario, ALONE);
    assertThat(run.get(Metric.LONGEST_TIME)).isLessThanOrEqualTo(2);
    assertThat(run.get(Metric.ANSWERED)).isBetween(30.0, 80.0);
  }

  @Test
  void seriesHaveAValueForEachSecond() {
    Scenario scenario =
        scenario(Provider.builder().limit(Limit.requestsPerMinute(600, 10)), Load.closed(20, 500));
    SimulationRun run = run(scenario, JITTER);
    assertThat(run.series())
        .extracting(TimeSeries::name)
        .containsExactly(
            "requests",
            "requests to the first provider",
            "answered",
            "refused",
            "failed",
            "in flight",
            "waiting");
    TimeSeries answered = run.series("answered");
    double sum = 0;
    for (int second = 0; second < answered.length(); second++) {
      sum += answered.get(second);
      assertThat(run.series("in flight").get(second) + run.series("waiting").get(second))
          .isBetween(0.0, 20.0);
    }
    assertThat(sum).isBetween(run.answered() - 20.0, (double) run.answered());
    assertThatThrownBy(() -> run.series("other")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("matrix")
  void aHundredThousandCallersRunOnOneThread() {
    Scenario scenario =
        scenario(
            Provider.builder().limit(Limit.requestsPerMinute(600_000, 10_000)),
            Load.closed(100_000, 100_000).deadline(Duration.ofMinutes(1)));
    RetryPolicy policy = JITTER.policy().toBuilder().baseDelay(Duration.ofSeconds(10)).build();
    assertThat(run(scenario, Strategy.of("jitter", policy)).get(Metric.ANSWERED)).isGreaterThan(90);
  }

  @Test
  void aModelWithARateLimiterIsAsynchronous() {
    Simulation simulation =
        Simulation.of(scenario(Provider.builder(), Load.closed(1, 1))).driver(Driver.BLOCKING);
    assertThatThrownBy(() -> simulation.run(AWS)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void strategiesAreComparedInOrder() {
    List<SimulationReport> reports =
        Simulation.of(scenario(Provider.builder(), Load.closed(1, 1))).compare(ALONE, JITTER);
    assertThat(reports).extracting(SimulationReport::strategy).containsExactly(ALONE, JITTER);
  }
}
