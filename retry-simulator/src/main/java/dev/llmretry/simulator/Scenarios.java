package dev.llmretry.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The scenarios of the command line, by which policies are compared. */
public final class Scenarios {

  private static final Limit REQUESTS_3000 = Limit.requestsPerMinute(3_000, 50);

  private Scenarios() {}

  /** {@return all scenarios} */
  public static List<Scenario> all() {
    return List.of(
        rateLimit(),
        tokens("s2", 1, 20),
        tokens("s2-minute", 60, 20),
        longAnswers("s3", 1),
        longAnswers("s3-4", 4),
        longAnswers("s3-10", 10),
        longAnswers("s3-50", 50),
        outage(),
        brownOut(),
        firstRoute("s6-dead", "answers 503", Provider.Builder::outage),
        firstRoute("s6-hanging", "does not respond", Provider.Builder::hang),
        connectionLoss(),
        shortOutage(),
        failures("s7-p10", 0.1),
        failures("s7-p20", 0.2),
        brokenMethod(),
        stragglers(),
        freeRefusals("free", Hint.exact()),
        freeRefusals("free-seconds", Hint.wholeSeconds()),
        freeRefusals("free-none", Hint.none()),
        freeRefusals("free-lies", Hint.constant(Duration.ofSeconds(1))),
        window(),
        concurrency(),
        changingLimit(),
        slowRefusals(),
        openLoop());
  }

  /**
   * {@return the scenario with this name; empty if there is none}
   *
   * @param name the name
   */
  public static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }

  private static Load batch() {
    return Load.closed(200, 10_000);
  }

  private static Scenario rateLimit() {
    return new Scenario(
        "s1",
        "10,000 calls by 200 callers; " + REQUESTS_3000 + ", refusals count; answers take 1.5 s",
        Provider.builder().limit(REQUESTS_3000).refusalsCount().build(),
        batch());
  }

  private static Scenario tokens(String name, int burstSeconds, double thousandsPerSecond) {
    Limit limit =
        Limit.tokensPerMinute(
            60_000 * thousandsPerSecond, 1_000 * thousandsPerSecond * burstSeconds);
    return new Scenario(
        name,
        "10,000 calls by 200 callers, of 400 tokens on average (log-normal); "
            + limit
            + ", refusals count",
        Provider.builder().limit(limit).refusalsCount().build(),
        batch().tokens(400, 0.8));
  }

  private static Scenario longAnswers(String name, int processes) {
    return new Scenario(
        name,
        "10,000 calls by 2,000 callers in "
            + processes
            + (processes == 1 ? " process; " : " processes; ")
            + REQUESTS_3000
            + ", refusals count; answers take 20 s",
        Provider.builder()
            .limit(REQUESTS_3000)
            .refusalsCount()
            .latency(Duration.ofSeconds(20), 0.4)
            .build(),
        Load.closed(2_000, 10_000).processes(processes));
  }

  /** A server of 100 workers that answers in a second: 100 requests a second. */
  private static Provider.Builder server() {
    return Provider.builder().workers(100).latency(Duration.ofSeconds(1), 0.4);
  }

  private static Load users(int seconds) {
    return Load.open(80, Duration.ofSeconds(seconds)).attemptTimeout(Duration.ofSeconds(10));
  }

  private static Scenario outage() {
    return new Scenario(
        "s4",
        "80 calls a second on a server for 100 a second; 503 from 60 s to 120 s; time-out 10 s",
        server().outage(Duration.ofSeconds(60), Duration.ofSeconds(60)).build(),
        users(240));
  }

  private static Scenario brownOut() {
    return new Scenario(
        "s5",
        "80 calls a second on a server for 100 a second, for 40 from 60 s to 120 s; time-out 10 s",
        server().capacity(Duration.ofSeconds(60), Duration.ofSeconds(60), 0.4).build(),
        users(420));
  }

  private static Scenario firstRoute(String name, String what, Downtime downtime) {
    return new Scenario(
        name,
        "20 calls a second on two providers; the first "
            + what
            + " from 60 s to 120 s; time-out 10 s",
        downtime.add(Provider.builder(), Duration.ofSeconds(60), Duration.ofSeconds(60)).build(),
        List.of(Provider.builder().build()),
        Load.open(20, Duration.ofSeconds(240)).attemptTimeout(Duration.ofSeconds(10)));
  }

  private interface Downtime {
    Provider.Builder add(Provider.Builder provider, Duration start, Duration duration);
  }

  private static Scenario connectionLoss() {
    return new Scenario(
        "s7-connection",
        "10,000 calls by 100 callers; after 30 s, the connection of all is lost",
        Provider.builder().connectionLoss(Duration.ofSeconds(30)).build(),
        Load.closed(100, 10_000));
  }

  private static Scenario shortOutage() {
    return new Scenario(
        "s7-second",
        "10,000 calls by 200 callers; 503 for one second",
        Provider.builder().outage(Duration.ofSeconds(30), Duration.ofSeconds(1)).build(),
        batch());
  }

  private static Scenario failures(String name, double share) {
    return new Scenario(
        name,
        "10,000 calls by 200 callers; a share of " + share + " of requests fails independently",
        Provider.builder().failures(share).build(),
        batch());
  }

  private static Scenario brokenMethod() {
    return new Scenario(
        "s7-method",
        "10,000 calls by 200 callers, a fifth of a method that always fails; of the others 5 % fail",
        Provider.builder().failures(0.05).build(),
        batch().brokenMethod(0.2));
  }

  private static Scenario stragglers() {
    return new Scenario(
        "s8",
        "10,000 calls by 200 callers; two of a hundred answers take 15 s instead of 1.5 s",
        Provider.builder().stragglers(0.02, 10).build(),
        batch());
  }

  private static Scenario freeRefusals(String name, Hint hint) {
    Limit limit = Limit.requestsPerMinute(500, 20);
    return new Scenario(
        name,
        "10,000 calls by 200 callers; " + limit + ", refusals are free; " + hint,
        Provider.builder().limit(limit).hint(hint).build(),
        batch());
  }

  private static Scenario window() {
    Limit limit = Limit.requestsPerWindow(500, Duration.ofMinutes(1));
    return new Scenario(
        "window",
        "2,000 calls by 200 callers; " + limit,
        Provider.builder().limit(limit).build(),
        Load.closed(200, 2_000));
  }

  private static Scenario concurrency() {
    Limit limit = Limit.concurrentRequests(16);
    return new Scenario(
        "concurrency",
        "2,000 calls by 200 callers; " + limit + ", no hints",
        Provider.builder().limit(limit).build(),
        Load.closed(200, 2_000));
  }

  private static Scenario changingLimit() {
    Limit limit = Limit.requestsPerMinute(500, 20);
    return new Scenario(
        "changing",
        "2,000 calls by 200 callers; " + limit + ", 150 from 60 s to 180 s, 1,000 for 60 s after",
        Provider.builder()
            .limit(limit)
            .capacity(Duration.ofSeconds(60), Duration.ofSeconds(120), 0.3)
            .capacity(Duration.ofSeconds(180), Duration.ofSeconds(60), 2)
            .build(),
        Load.closed(200, 2_000));
  }

  private static Scenario slowRefusals() {
    return new Scenario(
        "slow-refusals",
        "10,000 calls by 200 callers; " + REQUESTS_3000 + ", refusals count and take 1.5 s",
        Provider.builder()
            .limit(REQUESTS_3000)
            .refusalsCount()
            .refusalLatency(Duration.ofMillis(1_500))
            .build(),
        batch());
  }

  private static Scenario openLoop() {
    return new Scenario(
        "open",
        "60 calls a second for 200 s, with a deadline of 30 s; " + REQUESTS_3000,
        Provider.builder().limit(REQUESTS_3000).refusalsCount().build(),
        Load.open(60, Duration.ofSeconds(200)).deadline(Duration.ofSeconds(30)));
  }
}
