package dev.llmretry.examples;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.examples.provider.RateLimit;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Plays the scenarios of many callers, each on a thread of its own. */
final class CrowdRunner {

  private static final String MODEL = "demo-model";

  /** For an answer that takes milliseconds, on a machine that is busy. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final EmbeddedProvider provider;
  private final BackoffClock clock;
  private final RetryListener timeline;

  CrowdRunner(EmbeddedProvider provider, BackoffClock clock, RetryListener timeline) {
    this.provider = provider;
    this.clock = clock;
    this.timeline = timeline;
  }

  /**
   * Plays one.
   *
   * @param cancel ends all calls
   */
  CrowdOutcome run(CrowdScenario scenario, CancellationToken cancel) {
    // A client of its own, since calls of one client share what is known about the provider.
    OpenAiClient client = new OpenAiClient(provider.baseUrl(), "sk-demo", TIMEOUT);
    RetryRuntime runtime =
        scenario.retries().apply(RetryRuntime.builder().clock(clock).listener(timeline)).build();
    Retrying retrying = Retrying.of(client, runtime);

    provider.script(List.of());
    provider.limit(new RateLimit(scenario.perSecond(), scenario.burst(), clock::nanoTime));
    int requestsBefore = provider.requests();
    ExecutorService threads = Executors.newFixedThreadPool(scenario.callers());
    try {
      List<CompletableFuture<String>> calls =
          Stream.generate(() -> supplyAsync(() -> ending(retrying, cancel), threads))
              .limit(scenario.callers())
              .toList();
      List<String> endings = calls.stream().map(CompletableFuture::join).toList();
      return CrowdOutcome.of(endings, provider.requests() - requestsBefore);
    } finally {
      threads.shutdown();
      provider.limit(null);
    }
  }

  private static String ending(Retrying retrying, CancellationToken cancel) {
    try {
      Call.COMPLETE.on(retrying, MODEL, cancel, new Spectator() {});
      return Outcome.ANSWER;
    } catch (Exception e) {
      return Outcome.endingOf(e.getClass());
    }
  }
}
