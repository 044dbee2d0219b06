package dev.llmretry.benchmarks.callers;

import static dev.llmretry.benchmarks.callers.Measure.ANSWERED;
import static dev.llmretry.benchmarks.callers.Measure.END_TO_IDEAL;
import static dev.llmretry.benchmarks.callers.Measure.REFUSED;
import static dev.llmretry.benchmarks.callers.Measure.REQUESTS_PER_ANSWER;
import static dev.llmretry.benchmarks.callers.Measure.SECONDS;

import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.RateLimitedService;
import dev.llmretry.benchmarks.callers.provider.Reply;
import dev.llmretry.benchmarks.callers.provider.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that make one call after the other, together more than the provider's limit allows. */
final class RateLimitScenario implements Scenario {

  private static final int CALLERS = 200;
  private static final int CALLS = 800;
  private static final int PER_SECOND = 50;
  private static final int BURST = 50;
  private static final double LATENCY = 1.5;

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%,d calls by %d callers; at most %,d requests a minute, %d at once; refused ones count;"
            + " answers take %.1f s",
        CALLS,
        CALLERS,
        60 * PER_SECOND,
        BURST,
        LATENCY);
  }

  @Override
  public List<Measure> measures() {
    return List.of(ANSWERED, REQUESTS_PER_ANSWER, SECONDS, END_TO_IDEAL, REFUSED);
  }

  @Override
  public List<Service> services() {
    return List.of(new RateLimitedService(PER_SECOND, BURST, LATENCY));
  }

  @Override
  public Map<Measure, Double> run(Calls calls, List<LoopbackProvider> providers)
      throws InterruptedException {
    LoopbackProvider provider = providers.get(0);
    AtomicInteger begun = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    double start = provider.seconds();
    for (int i = 0; i < CALLERS; i++) {
      threads.execute(
          () -> {
            while (begun.getAndIncrement() < CALLS) {
              calls.make();
            }
          });
    }
    threads.shutdown();
    boolean ended = threads.awaitTermination(1, TimeUnit.HOURS);
    double seconds = ended ? provider.seconds() - start : Double.POSITIVE_INFINITY;
    return Map.of(
        ANSWERED, 100.0 * calls.answered() / CALLS,
        REQUESTS_PER_ANSWER, (double) provider.requests() / calls.answered(),
        SECONDS, seconds,
        END_TO_IDEAL, seconds / ideal(),
        REFUSED, (double) provider.requests(Reply.RATE_LIMITED));
  }

  /** Returns how long it would take if the limit were used fully. */
  private static double ideal() {
    return (double) (CALLS - BURST) / PER_SECOND + LATENCY;
  }
}
