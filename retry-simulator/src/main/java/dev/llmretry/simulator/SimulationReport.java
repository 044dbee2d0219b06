package dev.llmretry.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The results of one strategy in one scenario, with one or more seeds. Immutable.
 *
 * <p>In tests:
 *
 * <pre>{@code
 * Simulation.of(scenario).seeds(20).run(Strategy.of("chat", policy))
 *     .assertAtLeast(Metric.ANSWERED, 99.9)
 *     .assertAtMost(Metric.REQUESTS_PER_ANSWER, 1.05);
 * }</pre>
 */
public final class SimulationReport {

  private final Scenario scenario;
  private final Strategy strategy;
  private final List<SimulationRun> runs;

  SimulationReport(Scenario scenario, Strategy strategy, List<SimulationRun> runs) {
    this.scenario = scenario;
    this.strategy = strategy;
    this.runs = List.copyOf(runs);
  }

  /** {@return the scenario} */
  public Scenario scenario() {
    return scenario;
  }

  /** {@return the strategy} */
  public Strategy strategy() {
    return strategy;
  }

  /** {@return the results of the seeds} */
  public List<SimulationRun> runs() {
    return runs;
  }

  /**
   * {@return the range of a figure over the seeds}
   *
   * @param metric the figure
   */
  public Range range(Metric metric) {
    return Range.of(runs.stream().mapToDouble(run -> run.get(metric)));
  }

  /**
   * Checks that a figure is not below a limit, with any seed.
   *
   * @param metric the figure
   * @param least the least value; for {@link Metric#ANSWERED} in percent, for times in seconds
   * @return this report
   * @throws AssertionError if it is below, or is not a number
   */
  public SimulationReport assertAtLeast(Metric metric, double least) {
    for (SimulationRun run : runs) {
      if (!(run.get(metric) >= least)) {
        throw failure(run, metric, "at least", least);
      }
    }
    return this;
  }

  /**
   * Checks that a figure is not above a limit, with any seed.
   *
   * @param metric the figure
   * @param most the greatest value; for {@link Metric#ANSWERED} in percent, for times in seconds
   * @return this report
   * @throws AssertionError if it is above, or is not a number
   */
  public SimulationReport assertAtMost(Metric metric, double most) {
    for (SimulationRun run : runs) {
      if (!(run.get(metric) <= most)) {
        throw failure(run, metric, "at most", most);
      }
    }
    return this;
  }

  private AssertionError failure(SimulationRun run, Metric metric, String than, double limit) {
    return new AssertionError(
        String.format(
            Locale.ROOT,
            "%s should be %s %s, but is %s with seed %d%n%s",
            metric.label(),
            than,
            limit,
            run.get(metric),
            run.seed(),
            this));
  }

  /** Returns the name of scenario and strategy, and a line with the range of each figure. */
  @Override
  public String toString() {
    return Arrays.stream(Metric.values())
        .filter(metric -> !Double.isNaN(range(metric).median()))
        .map(metric -> String.format("  %-20s %s", metric.label(), Figures.format(metric, this)))
        .collect(
            Collectors.joining(
                System.lineSeparator(),
                scenario.name() + ", " + strategy + System.lineSeparator(),
                ""));
  }
}
