package dev.llmretry.benchmarks.callers;

import dev.llmretry.benchmarks.callers.policies.Policy;
import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the same calls with each policy, in real time, to a provider on the loopback interface.
 * Prints tables in Markdown, and draws a chart.
 */
public final class ManyCallers {

  /** So that no class is loaded while it is measured. */
  private static final int WARM_UP_CALLS = 50;

  private static final int AT_ONCE = 5;

  /** So that the first requests of two policies do not coincide. */
  private static final long GAP_MILLIS = 1_500;

  private ManyCallers() {}

  /**
   * Measures.
   *
   * @param args the file of the chart, and perhaps parts of the names of policies, to measure only
   *     those
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    List<Policy> policies = args.length == 0 ? List.of() : named(List.of(args));
    if (policies.isEmpty()) {
      System.err.println("Arguments: FILE.svg [PART_OF_THE_NAME_OF_A_POLICY ...]");
      System.err.println("Policies: " + Policy.all().stream().map(Policy::name).toList());
      System.exit(2);
    }
    Path chart = Path.of(args[0]);

    System.out.printf(
        "JDK %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    policies.forEach(ManyCallers::warmUp);
    List<Result> atLimit = measure(new RateLimitScenario(), policies);
    List<Result> inOutage = measure(new OutageScenario(), policies);
    if (args.length == 1) {
      List<Policy> fallbacks = Policy.withFallback();
      var unused = measure(new FallbackScenario(Reply.unavailable()), fallbacks);
      unused = measure(new FallbackScenario(Reply.silence()), fallbacks);
      unused = measure(new StragglerScenario(), Policy.hedged());
    }
    Files.writeString(chart, Chart.of(atLimit, inOutage));
    System.out.println();
    System.out.println("Chart: " + chart);
    System.exit(0); // SDKs keep threads.
  }

  private static List<Policy> named(List<String> args) {
    List<String> parts = args.subList(1, args.size());
    return Policy.all().stream()
        .filter(policy -> parts.isEmpty() || parts.stream().anyMatch(policy.name()::contains))
        .toList();
  }

  /** Several at a time, since most of it is waiting. */
  private static List<Result> measure(Scenario scenario, List<Policy> policies)
      throws InterruptedException, ExecutionException {
    System.out.printf("%n%s:%n%n", scenario.description());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Result>> running = new ArrayList<>();
    for (Policy policy : policies) {
      running.add(threads.submit(() -> measure(scenario, policy)));
      Thread.sleep(GAP_MILLIS);
    }
    List<Result> results = new ArrayList<>();
    for (Future<Result> result : running) {
      results.add(result.get());
    }
    threads.shutdown();
    System.out.print(ResultTable.of(scenario.measures(), results));
    return results;
  }

  private static void warmUp(Policy policy) {
    try (LoopbackProvider provider = new LoopbackProvider(now -> Reply.answer(0))) {
      Calls calls = new Calls(policy.connect().apply(List.of(provider.url())));
      for (int i = 0; i < WARM_UP_CALLS; i++) {
        if (!calls.make()) {
          throw new IllegalStateException(policy.name() + " fails: " + calls.errors());
        }
      }
    }
  }

  private static Result measure(Scenario scenario, Policy policy) throws InterruptedException {
    List<LoopbackProvider> providers =
        scenario.services().stream().map(LoopbackProvider::new).toList();
    try {
      List<URI> urls = providers.stream().map(LoopbackProvider::url).toList();
      Calls calls = new Calls(policy.connect().apply(urls));
      Result result = new Result(policy, scenario.run(calls, providers));
      System.err.println(policy.name() + ": " + calls.answered() + " answers " + calls.errors());
      return result;
    } finally {
      providers.forEach(LoopbackProvider::close);
    }
  }
}
