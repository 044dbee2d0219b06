package dev.llmretry.benchmarks.waiting;

import dev.llmretry.benchmarks.HandWritten;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** By hand with a scheduled executor, whose one thread makes the later attempts too. */
record ScheduledExecutorClient(WaitingClient delegate, Wait backOff, ScheduledExecutorService timer)
    implements WaitingClient {

  ScheduledExecutorClient(WaitingClient delegate, Wait backOff) {
    this(delegate, backOff, new ScheduledThreadPoolExecutor(1));
  }

  @Override
  public CompletionStage<String> complete(Question question) {
    CompletableFuture<String> result = new CompletableFuture<>();
    attempt(question, result, 1);
    return result;
  }

  private void attempt(Question question, CompletableFuture<String> result, int attempt) {
    delegate
        .complete(question)
        .whenComplete(
            (answer, error) -> {
              if (error == null) {
                result.complete(answer);
              } else if (attempt > HandWritten.MAX_RETRIES || !HandWritten.isRetryable(error)) {
                result.completeExceptionally(error);
              } else {
                Future<?> unused =
                    timer.schedule(
                        () -> attempt(question, result, attempt + 1),
                        backOff.millis(),
                        TimeUnit.MILLISECONDS);
              }
            });
  }
}
