package dev.llmretry.examples;

import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The demo's main program; {@code --help} tells what it can do. */
public final class Demo {

  private static final int RANDOM_CALLS = 20;
  private static final int CANCELLED = 130;

  private final PrintStream out;
  private final CancellationToken cancel;
  private final BackoffClock clock = BackoffClock.system();
  private final Timeline timeline;

  private Demo(PrintStream out, CancellationToken cancel) {
    this.out = out;
    this.cancel = cancel;
    this.timeline = new Timeline(out, clock);
  }

  /** Runs the demo, and ends with its exit status. Ctrl-C cancels the call it is at. */
  public static void main(String[] args) {
    CancellationSource ctrlC = new CancellationSource();
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ctrlC, finished)));
    int status = run(args, System.getenv(), ctrlC.token(), System.out, System.err);
    finished.countDown();
    System.exit(status);
  }

  private static void end(CancellationSource ctrlC, CountDownLatch finished) {
    ctrlC.cancel();
    try {
      boolean inTime = finished.await(1, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("The demo does not respond to its cancellation.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int run(
      String[] args,
      Map<String, String> environment,
      CancellationToken cancel,
      PrintStream out,
      PrintStream err) {
    Options options;
    RealProvider real;
    try {
      options = Options.parse(args);
      real = options.real() ? RealProvider.of(environment) : null;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println("Try --help.");
      return 2;
    }
    if (options.help()) {
      out.print(Options.HELP);
      return 0;
    }
    Demo demo = new Demo(out, cancel);
    if (options.seed() != null) {
      return demo.random(options.seed());
    }
    return real == null ? demo.scenarios() : demo.real(real);
  }

  private int scenarios() {
    out.println("LlmRetry: one scenario after the other, with a provider that fails on purpose.");
    return play(Scenarios.all(), CrowdScenario.all(), new Random());
  }

  private int random(long seed) {
    out.println(
        Text.format(
            "LlmRetry: %d calls to a provider that fails at random. Repeat with --seed %d",
            RANDOM_CALLS, seed));
    return play(RandomScenarios.draw(seed, RANDOM_CALLS), List.of(), new Random(seed));
  }

  private int play(List<Scenario> scenarios, List<CrowdScenario> crowds, Random jitter) {
    try (EmbeddedProvider provider = new EmbeddedProvider()) {
      out.println(
          """
          RetryingLlmClient, made by the compiler from the annotations on LlmClient, calls
          OpenAiClient, which calls a provider embedded in this process, over HTTP.

            complete   4 attempts at most, waits 0.1, 0.2, 0.4 s unless the provider asks for others
            embed      6 attempts at most, waits up to 0.05, 0.1, 0.2, 0.4, 0.5 s, with jitter

          completeJson makes 3; an answer that is no JSON is rejected, and the next request has it and
          the error appended. The wrapper of FallbackChat has two providers, and calls the second where
          the first fails. completeAsync, stream and publish are set as complete is. The last two
          return an answer piece by piece, and are retried until its first piece of text. similarity
          is a method of TextComparison, a class into which AspectJ has woven retries; it waits as
          complete does.

          Each line is an attempt: when it ended, how it failed -> what that counts as, what follows.
          """);
      ResultTable table = new ResultTable();
      playScenarios(scenarios, provider, jitter, table);
      playCrowds(crowds, provider, table);
      if (cancel.isCancelled()) {
        out.println("Cancelled.");
        return CANCELLED;
      }
      table.print(out);
      printReadNext();
      return table.allAsExpected() ? 0 : 1;
    }
  }

  private void playScenarios(
      List<Scenario> scenarios, EmbeddedProvider provider, Random jitter, ResultTable table) {
    OpenAiClient client = new OpenAiClient(provider.baseUrl(), "sk-demo", Duration.ofSeconds(1));
    ScenarioRunner runner =
        new ScenarioRunner(provider, client, clock, timeline, jitter::nextDouble);
    for (Scenario scenario : scenarios) {
      printHead(table.nextNumber(), scenario.title(), scenario.lesson());
      timeline.begin();
      Outcome outcome = runner.run(scenario, cancel);
      timeline.end();
      if (cancel.isCancelled()) {
        return;
      }
      table.add(scenario, outcome);
      out.println();
    }
  }

  private void playCrowds(
      List<CrowdScenario> crowds, EmbeddedProvider provider, ResultTable table) {
    CrowdTimeline crowdTimeline = new CrowdTimeline(out, clock);
    CrowdRunner runner = new CrowdRunner(provider, clock, crowdTimeline);
    for (CrowdScenario crowd : crowds) {
      if (cancel.isCancelled()) {
        return;
      }
      printHead(table.nextNumber(), crowd.title(), crowd.lesson());
      crowdTimeline.begin();
      CrowdOutcome outcome = runner.run(crowd, cancel);
      crowdTimeline.end(crowd, outcome);
      table.add(crowd, outcome);
      out.println();
    }
  }

  private void printHead(int number, String title, String lesson) {
    out.println(Text.fit(Text.format("%2d. %s", number, title), 100));
    if (!lesson.isEmpty()) {
      out.println("    " + lesson);
    }
  }

  private void printReadNext() {
    out.println(
        """

        Read next, in the folder examples:
          src/main/java/dev/llmretry/examples/client/LlmClient.java           the annotations
          src/main/java/dev/llmretry/examples/client/ProviderException.java   how errors are told
          src/main/java/dev/llmretry/examples/client/JsonReviser.java         how a request is revised
          src/main/java/dev/llmretry/examples/client/FallbackChat.java        two providers
          src/main/java/dev/llmretry/examples/woven/TextComparison.java       without an interface
          target/generated-sources/annotations/dev/llmretry/examples/client/RetryingLlmClient.java
        Try next: the same command with -Ddemo.args="--seed 42", or "--help" for what else there is.""");
  }

  private int real(RealProvider provider) {
    out.println("LlmRetry: one call to the " + provider.client().name());
    RetryRuntime runtime = RetryRuntime.builder().listener(timeline).token(cancel).build();
    Retrying retrying = Retrying.of(provider.client(), runtime);
    timeline.begin();
    try {
      String answer = Call.COMPLETE.on(retrying, provider.model(), cancel, timeline);
      out.println();
      out.println(provider.model() + ": " + answer);
      return 0;
    } catch (Exception e) {
      out.println();
      out.println("No answer from " + provider.model() + ": " + e.getMessage());
      return cancel.isCancelled() ? CANCELLED : 1;
    }
  }
}
