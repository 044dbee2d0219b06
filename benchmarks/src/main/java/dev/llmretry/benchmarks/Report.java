package dev.llmretry.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks, keeps what JMH writes, and prints tables with ratios and targets.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.Report [JMH's options]
 * }</pre>
 *
 * <p>It takes about 45 minutes. Useful options: {@code Success} for some of the benchmarks only,
 * {@code -p setting=APART} for some of the rows, {@code -f 10} for more rounds, {@code -i 5 -r 1}
 * for other iterations. What is measured in part does not get into the documentation.
 *
 * <p>JMH by itself finishes one benchmark before it turns to the next. Here each round measures
 * all, so that one that is disturbed can be told from one that is slow.
 */
public final class Report {

  private Report() {}

  public static void main(String... args)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions options = new CommandLineOptions(args);
    if (options.shouldHelp()) {
      options.showHelp();
      return;
    }
    int rounds = options.getForkCount().orElse(CallBenchmark.FORKS);
    Path file = ResultFiles.calls(Runtime.version(), isOfAll(options));
    List<RunResult> results = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("Round %d of %d%n", round, rounds);
      results.addAll(run(round(options)));
    }
    ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(results);
    System.out.print(ReportTable.of(Results.read(file)).text());
  }

  private static boolean isOfAll(CommandLineOptions options) {
    return options.getIncludes().isEmpty()
        && options.getExcludes().isEmpty()
        && !options.getParameter("client").hasValue()
        && !options.getParameter("setting").hasValue();
  }

  /** Says what JMH and its JVMs had to say only if that may matter: newer JDKs warn of JMH. */
  private static Collection<RunResult> run(Options options) throws RunnerException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream log = new PrintStream(said, true, UTF_8);
    try {
      return new Runner(options, OutputFormatFactory.createFormatInstance(log, VerboseMode.SILENT))
          .run();
    } catch (RunnerException e) {
      System.err.print(said.toString(UTF_8));
      throw e;
    }
  }

  static Options round(CommandLineOptions options) {
    ChainedOptionsBuilder round =
        new OptionsBuilder()
            .parent(options)
            .forks(1)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTimeProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (options.getIncludes().isEmpty()) { // others have tables of their own
      for (Scenario scenario : Scenario.values()) {
        round.include(scenario.method());
      }
    }
    if (!VirtualThreads.areKnownTo(Runtime.version())) {
      round.exclude(VirtualThreadsBenchmark.class.getName());
    }
    return round.build();
  }
}
