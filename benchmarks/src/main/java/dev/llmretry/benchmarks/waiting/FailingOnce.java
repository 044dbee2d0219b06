package dev.llmretry.benchmarks.waiting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** A client without retries that fails each question at once, and answers when asked again. */
final class FailingOnce implements LongWaitClient, ShortWaitClient {

  private final Exception error;
  private final LongAdder attempts = new LongAdder();

  FailingOnce(Exception error) {
    this.error = error;
  }

  @Override
  public CompletableFuture<String> complete(Question question) {
    boolean again = question.ask();
    attempts.increment();
    return again
        ? CompletableFuture.completedFuture("Yes.")
        : CompletableFuture.failedFuture(error);
  }

  long attempts() {
    return attempts.sum();
  }
}
