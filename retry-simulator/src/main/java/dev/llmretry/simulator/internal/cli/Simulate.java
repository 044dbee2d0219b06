package dev.llmretry.simulator.internal.cli;

import dev.llmretry.simulator.Driver;
import dev.llmretry.simulator.HtmlReport;
import dev.llmretry.simulator.Scenario;
import dev.llmretry.simulator.Scenarios;
import dev.llmretry.simulator.Simulation;
import dev.llmretry.simulator.SimulationReport;
import dev.llmretry.simulator.Strategy;
import dev.llmretry.simulator.TextReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates many callers of one provider, and compares policies.",
      "Without a scenario, lists scenarios and policies."
    },
    sortOptions = false)
public final class Simulate implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "SCENARIO", description = "The names of scenarios.")
  private List<String> scenarios = new ArrayList<>();

  @Option(
      names = {"-p", "--policies"},
      split = ",",
      paramLabel = "NAME",
      description = "The policies, separated by commas. By default all.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = {"-n", "--seeds"},
      defaultValue = "1",
      description = "The number of seeds. By default ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--first-seed",
      defaultValue = "1",
      description = "The first seed. By default ${DEFAULT-VALUE}.")
  private long firstSeed;

  @Option(
      names = "--driver",
      defaultValue = "FUTURES",
      description = "${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
  private Driver driver = Driver.FUTURES;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page with charts, of the first seed.")
  private @Nullable Path html;

  /**
   * Runs the command and exits.
   *
   * @param arguments its arguments
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Simulate()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec().commandLine().getOut();
    if (scenarios.isEmpty()) {
      list(out);
      return 0;
    }
    List<Strategy> strategies = strategies();
    List<SimulationReport> reports = new ArrayList<>();
    for (Scenario scenario : scenarios()) {
      Simulation simulation =
          Simulation.of(scenario).firstSeed(firstSeed).seeds(seeds).driver(driver);
      List<SimulationReport> compared = simulation.compare(strategies.toArray(Strategy[]::new));
      out.println(TextReport.of(compared));
      out.flush();
      reports.addAll(compared);
    }
    if (html != null) {
      HtmlReport.write(html, reports);
      out.println(html.toAbsolutePath());
    }
    return 0;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec;
  }

  private static void list(PrintWriter out) {
    out.println("Scenarios:");
    Scenarios.all().forEach(one -> out.printf("  %-15s %s%n", one.name(), one.description()));
    out.println("Policies:");
    Policies.all().forEach((name, strategy) -> out.printf("  %-15s %s%n", name, strategy));
    out.flush();
  }

  private List<Scenario> scenarios() {
    return scenarios.stream()
        .map(
            name ->
                Scenarios.named(name)
                    .orElseThrow(
                        () ->
                            new ParameterException(
                                spec().commandLine(), "There is no scenario " + name)))
        .toList();
  }

  private List<Strategy> strategies() {
    var all = Policies.all();
    if (policies.isEmpty()) {
      return all.values().stream()
          .filter(one -> driver == Driver.FUTURES || !one.isModel())
          .toList();
    }
    List<Strategy> chosen = new ArrayList<>();
    for (String name : policies) {
      Strategy strategy = all.get(name);
      if (strategy == null) {
        throw new ParameterException(spec().commandLine(), "There is no policy " + name);
      }
      chosen.add(strategy);
    }
    return chosen;
  }
}
