package dev.llmretry.examples;

import dev.llmretry.examples.client.ChatChunk;
import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.client.UncheckedProviderException;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Plays scenarios with a client and the provider that it talks to. */
final class ScenarioRunner {

  private static final String MODEL = "demo-model";

  private final EmbeddedProvider provider;
  private final OpenAiClient client;
  private final BackoffClock clock;
  private final Spectator timeline;
  private final DoubleSupplier random;

  ScenarioRunner(
      EmbeddedProvider provider,
      OpenAiClient client,
      BackoffClock clock,
      Spectator timeline,
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
    MeasuringClock measured = new MeasuringClock(clock);
    Observer observer = new Observer(scenario.cancelAfter(), caller, measured);
    // An application would make these two once, and share them.
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(measured)
            .listener(observer)
            .token(cancel)
            .random(random)
            .build();
    Retrying retrying = Retrying.of(client, runtime);

    provider.script(scenario.replies());
    int requestsBefore = provider.requests();
    String ending = call(scenario.call(), retrying, caller.token(), observer);
    caller.detach();
    return new Outcome(
        ending,
        observer.attempts(),
        provider.requests() - requestsBefore,
        measured.waited(),
        observer.delivered.toString());
  }

  private static String call(
      Call call, Retrying retrying, CancellationToken cancel, Observer observer) {
    try {
      call.on(retrying, MODEL, cancel, observer);
      return Outcome.ANSWER;
    } catch (UncheckedProviderException e) {
      observer.onThrown(e);
      return Outcome.endingOf(e.failure().getClass());
    } catch (Exception e) {
      observer.onThrown(e);
      return Outcome.endingOf(e.getClass());
    }
  }

  /** Hands everything on to the timeline; notes it, and cancels where that is asked for. */
  private final class Observer implements Spectator {

    private final @Nullable Duration cancelAfter;
    private final CancellationSource caller;
    private final MeasuringClock measured;
    private final CompletableFuture<Integer> attempts = new CompletableFuture<>();
    private final StringBuilder delivered = new StringBuilder();
    private volatile boolean gaveUp;

    Observer(@Nullable Duration cancelAfter, CancellationSource caller, MeasuringClock measured) {
      this.cancelAfter = cancelAfter;
      this.caller = caller;
      this.measured = measured;
    }

    /** A future that is cancelled is so before the retries have heard of it. */
    int attempts() {
      return attempts.completeOnTimeout(0, 1, TimeUnit.SECONDS).join();
    }

    @Override
    public void onRetry(RetryEvent event, FailedAttempt attempt) {
      timeline.onRetry(event, attempt);
      measured.announceWait(Objects.requireNonNullElse(attempt.delay(), Duration.ZERO));
      if (cancelAfter != null) {
        clock.schedule(cancelAfter, caller::cancel);
      }
    }

    @Override
    public void onSuccess(RetryEvent event) {
      timeline.onSuccess(event);
      attempts.complete(event.attempt());
    }

    @Override
    public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
      gaveUp = true;
      timeline.onGiveUp(event, report, thrown);
      attempts.complete(report.attempts());
    }

    @Override
    public void onChunk(ChatChunk chunk) {
      delivered.append(Text.of(chunk));
      timeline.onChunk(chunk);
    }

    /** What the retries gave up on is told already. */
    @Override
    public void onThrown(Throwable error) {
      if (attempts() > 0 && !gaveUp) {
        timeline.onThrown(error);
      }
    }

    @Override
    public void onNote(String note) {
      timeline.onNote(note);
    }
  }
}
