package dev.llmretry.benchmarks.callers;

import static dev.llmretry.benchmarks.callers.Measure.ANSWERED;
import static dev.llmretry.benchmarks.callers.Measure.RECOVERY;
import static dev.llmretry.benchmarks.callers.Measure.REQUESTS_PER_CALL;
import static dev.llmretry.benchmarks.callers.Measure.SLOW_ANSWER;

import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.Reply;
import dev.llmretry.benchmarks.callers.provider.Service;
import dev.llmretry.benchmarks.callers.provider.UnstableService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Calls that begin at a constant rate, while the provider is down for some seconds. */
final class OutageScenario implements Scenario {

  private static final int PER_SECOND = 80;
  private static final int WORKERS = 100;
  private static final double LATENCY = 1;
  private static final int DOWN_FROM = 3;
  private static final int DOWN_UNTIL = 8;
  private static final int END = 16;
  private static final double RECOVERED = 0.95;

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%d calls a second for %d s, on a server for %.0f a second; HTTP 503 from %d s to %d s;"
            + " answers take %.0f s",
        PER_SECOND,
        END,
        WORKERS / LATENCY,
        DOWN_FROM,
        DOWN_UNTIL,
        LATENCY);
  }

  @Override
  public List<Measure> measures() {
    return List.of(REQUESTS_PER_CALL, ANSWERED, SLOW_ANSWER, RECOVERY);
  }

  @Override
  public List<Service> services() {
    return List.of(
        new UnstableService(WORKERS, LATENCY, DOWN_FROM, DOWN_UNTIL, Reply.unavailable()));
  }

  @Override
  public Map<Measure, Double> run(Calls calls, List<LoopbackProvider> providers)
      throws InterruptedException {
    LoopbackProvider provider = providers.get(0);
    AtomicIntegerArray answered = new AtomicIntegerArray(END);
    calls.makeAtRate(
        PER_SECOND,
        END,
        second -> {
          if (calls.make()) {
            answered.incrementAndGet(second);
          }
        });
    return Map.of(
        ANSWERED,
        100.0 * calls.answered() / (END * PER_SECOND),
        REQUESTS_PER_CALL,
        (double) provider.requests(Reply.UNAVAILABLE) / ((DOWN_UNTIL - DOWN_FROM) * PER_SECOND),
        RECOVERY,
        recovery(answered),
        SLOW_ANSWER,
        calls.secondsOfSlowAnswer());
  }

  /** Returns after how many seconds almost all calls that begin are answered. */
  private static double recovery(AtomicIntegerArray answered) {
    int recovered = END;
    while (recovered > DOWN_UNTIL && answered.get(recovered - 1) >= RECOVERED * PER_SECOND) {
      recovered--;
    }
    return recovered == END ? Double.POSITIVE_INFINITY : recovered - DOWN_UNTIL;
  }
}
