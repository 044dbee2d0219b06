package dev.llmretry.benchmarks.callers;

import static dev.llmretry.benchmarks.callers.Measure.ANSWERED;
import static dev.llmretry.benchmarks.callers.Measure.MEDIAN_ANSWER;
import static dev.llmretry.benchmarks.callers.Measure.REQUESTS;
import static dev.llmretry.benchmarks.callers.Measure.SLOW_ANSWER;

import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.Service;
import dev.llmretry.benchmarks.callers.provider.StragglingService;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls that begin at a constant rate, of which a few are answered late. */
final class StragglerScenario implements Scenario {

  private static final int PER_SECOND = 80;
  private static final int SECONDS = 30;
  private static final double LATENCY = 0.5;
  private static final double SHARE = 0.02;
  private static final double FACTOR = 10;

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%d calls a second for %d s; answers take %.1f s, and %.0f %% of them %.0f times as long",
        PER_SECOND,
        SECONDS,
        LATENCY,
        100 * SHARE,
        FACTOR);
  }

  @Override
  public List<Measure> measures() {
    return List.of(ANSWERED, REQUESTS, MEDIAN_ANSWER, SLOW_ANSWER);
  }

  @Override
  public List<Service> services() {
    return List.of(new StragglingService(LATENCY, SHARE, FACTOR));
  }

  @Override
  public Map<Measure, Double> run(Calls calls, List<LoopbackProvider> providers)
      throws InterruptedException {
    calls.makeAtRate(
        PER_SECOND,
        SECONDS,
        second -> {
          var unused = calls.make();
        });
    double all = PER_SECOND * SECONDS;
    return Map.of(
        ANSWERED,
        100 * calls.answered() / all,
        REQUESTS,
        providers.get(0).requests() / all,
        MEDIAN_ANSWER,
        calls.secondsOfMedianAnswer(),
        SLOW_ANSWER,
        calls.secondsOfSlowAnswer());
  }
}
