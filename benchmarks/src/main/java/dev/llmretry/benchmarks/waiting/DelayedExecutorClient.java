package dev.llmretry.benchmarks.waiting;

import dev.llmretry.benchmarks.HandWritten;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The shortest way to write it by hand: the JDK's own timer. */
record DelayedExecutorClient(WaitingClient delegate, Wait backOff) implements WaitingClient {

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
                CompletableFuture.delayedExecutor(backOff.millis(), TimeUnit.MILLISECONDS)
                    .execute(() -> attempt(question, result, attempt + 1));
              }
            });
  }
}
