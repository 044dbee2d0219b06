package dev.llmretry.benchmarks.callers;

import static dev.llmretry.benchmarks.callers.Measure.ANSWERED;
import static dev.llmretry.benchmarks.callers.Measure.MEDIAN_ANSWER;
import static dev.llmretry.benchmarks.callers.Measure.REQUESTS_WHILE_DOWN;
import static dev.llmretry.benchmarks.callers.Measure.SLOW_ANSWER;

import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.Reply;
import dev.llmretry.benchmarks.callers.provider.Service;
import dev.llmretry.benchmarks.callers.provider.UnstableService;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls on two providers that begin at a constant rate; the first is down for some seconds. */
final class FallbackScenario implements Scenario {

  private static final int PER_SECOND = 20;
  private static final int WORKERS = 100;
  private static final double LATENCY = 0.5;
  private static final int DOWN_FROM = 5;
  private static final int DOWN_UNTIL = 25;
  private static final int END = 30;

  private final Reply whileDown;

  /**
   * Creates a scenario.
   *
   * @param whileDown how the first provider fails
   */
  FallbackScenario(Reply whileDown) {
    this.whileDown = whileDown;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%d calls a second for %d s, on two providers; the first %s from %d s to %d s; answers take"
            + " %.1f s",
        PER_SECOND,
        END,
        whileDown.status() == Reply.SILENCE ? "does not respond" : "answers 503",
        DOWN_FROM,
        DOWN_UNTIL,
        LATENCY);
  }

  @Override
  public List<Measure> measures() {
    return List.of(ANSWERED, REQUESTS_WHILE_DOWN, MEDIAN_ANSWER, SLOW_ANSWER);
  }

  @Override
  public List<Service> services() {
    return List.of(
        new UnstableService(WORKERS, LATENCY, DOWN_FROM, DOWN_UNTIL, whileDown),
        new UnstableService(WORKERS, LATENCY, END, END, whileDown));
  }

  @Override
  public Map<Measure, Double> run(Calls calls, List<LoopbackProvider> providers)
      throws InterruptedException {
    calls.makeAtRate(
        PER_SECOND,
        END,
        second -> {
          var unused = calls.make();
        });
    int failed = providers.get(0).requests(whileDown.status());
    return Map.of(
        ANSWERED,
        100.0 * calls.answered() / (END * PER_SECOND),
        REQUESTS_WHILE_DOWN,
        (double) failed / (DOWN_UNTIL - DOWN_FROM),
        MEDIAN_ANSWER,
        calls.secondsOfMedianAnswer(),
        SLOW_ANSWER,
        calls.secondsOfSlowAnswer());
  }
}
