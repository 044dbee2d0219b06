package dev.llmretry.simulator;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Simulates a scenario with one or more strategies. Immutable; the same seed gives the same result.
 *
 * <pre>{@code
 * Scenario scenario = new Scenario("batch", "A batch against a rate limit",
 *     Provider.builder().limit(Limit.requestsPerMinute(3_000, 50)).build(),
 *     Load.closed(200, 10_000));
 * SimulationReport report = Simulation.of(scenario).seeds(20).run(Strategy.defaults());
 * }</pre>
 */
public final class Simulation {

  private final Scenario scenario;
  private final long firstSeed;
  private final int seeds;
  private final Driver driver;

  private Simulation(Scenario scenario, long firstSeed, int seeds, Driver driver) {
    this.scenario = requireNonNull(scenario, "scenario");
    this.firstSeed = firstSeed;
    this.seeds = Checks.positive("seeds", seeds);
    this.driver = requireNonNull(driver, "driver");
  }

  /**
   * {@return a simulation with the seed 1, of calls that return futures}
   *
   * @param scenario what to simulate
   */
  public static Simulation of(Scenario scenario) {
    return new Simulation(scenario, 1, 1, Driver.FUTURES);
  }

  /**
   * {@return a copy with several seeds, from the first one on}
   *
   * @param count the number of seeds, 1 or more
   */
  public Simulation seeds(int count) {
    return new Simulation(scenario, firstSeed, count, driver);
  }

  /**
   * {@return a copy with another first seed}
   *
   * @param first the first seed
   */
  public Simulation firstSeed(long first) {
    return new Simulation(scenario, first, seeds, driver);
  }

  /**
   * {@return a copy with calls of another kind}
   *
   * @param kind the kind of calls
   */
  public Simulation driver(Driver kind) {
    return new Simulation(scenario, firstSeed, seeds, kind);
  }

  /**
   * Simulates a strategy with each seed.
   *
   * @param strategy the strategy
   * @return the results
   * @throws IllegalArgumentException if the strategy limits its own rate, as that of AWS does, and
   *     the driver is {@link Driver#BLOCKING}
   */
  public SimulationReport run(Strategy strategy) {
    if (strategy.isAdaptive() && driver == Driver.BLOCKING) {
      throw new IllegalArgumentException(strategy.name() + " is simulated with futures only");
    }
    return new SimulationReport(
        scenario,
        strategy,
        LongStream.range(firstSeed, firstSeed + seeds)
            .mapToObj(seed -> new Engine(scenario, strategy, driver, seed).run())
            .toList());
  }

  /**
   * Simulates several strategies under the same load.
   *
   * @param strategies the strategies
   * @return the results, in the same order
   */
  public List<SimulationReport> compare(Strategy... strategies) {
    return Arrays.stream(strategies).map(this::run).toList();
  }
}
