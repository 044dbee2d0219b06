package dev.llmretry.examples;

import dev.llmretry.examples.client.LlmClient;
import dev.llmretry.examples.client.ProviderException;
import dev.llmretry.examples.client.RetryingLlmClient;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Plays scenarios with a client and the provider that it talks to. */
final class ScenarioRunner {

  private static final String MODEL = "demo-model";

  private final EmbeddedProvider provider;
  private final LlmClient client;
  private final BackoffClock clock;
  private final RetryListener timeline;
  private final DoubleSupplier random;

  ScenarioRunner(
      EmbeddedProvider provider,
      LlmClient client,
      BackoffClock clock,
      RetryListener timeline,
      DoubleSupplier random) {
    this.provider = provider;
    this.client = client;
    this.clock = clock;
    this.timeline = timeline;
    this.random = random;
  }

  /**
   * Plays one.
   *
   * @param cancel ends it early
   */
  Outcome run(Scenario scenario, CancellationToken cancel) {
    CancellationSource caller = CancellationSource.childOf(cancel);
    Observer observer = new Observer(scenario.cancelAfter(), caller);
    MeasuringClock measured = new MeasuringClock(clock);
    // An application would make these two once, and share them.
    RetryRuntime runtime =
        RetryRuntime.builder().clock(measured).listener(observer).random(random).build();
    LlmClient retrying = new RetryingLlmClient(client, runtime);

    provider.script(scenario.replies());
    int requestsBefore = provider.requests();
    String ending = call(scenario.call(), retrying, caller.token());
    caller.detach();
    return new Outcome(
        ending, observer.attempts, provider.requests() - requestsBefore, measured.waited());
  }

  private static String call(Call call, LlmClient client, CancellationToken cancel) {
    try {
      call.on(client, MODEL, cancel);
      return Outcome.ANSWER;
    } catch (ProviderException | RuntimeException e) {
      return Outcome.endingOf(e.getClass());
    }
  }

  /** Hands everything on to the timeline; counts attempts, and cancels where that is asked for. */
  private final class Observer implements RetryListener {

    private final @Nullable Duration cancelAfter;
    private final CancellationSource caller;
    private int attempts;

    Observer(@Nullable Duration cancelAfter, CancellationSource caller) {
      this.cancelAfter = cancelAfter;
      this.caller = caller;
    }

    @Override
    public void onRetry(String method, FailedAttempt attempt) {
      timeline.onRetry(method, attempt);
      if (cancelAfter != null) {
        clock.schedule(cancelAfter, caller::cancel);
      }
    }

    @Override
    public void onSuccess(String method, int count) {
      attempts = count;
      timeline.onSuccess(method, count);
    }

    @Override
    public void onGiveUp(RetryReport report, Throwable thrown) {
      attempts = report.attempts();
      timeline.onGiveUp(report, thrown);
    }
  }
}
