package dev.llmretry.benchmarks.waiting;

import dev.llmretry.benchmarks.HandWritten;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Resilience4j, with a scheduled executor of one thread. */
record Resilience4jClient(WaitingClient delegate, Retry retry, ScheduledExecutorService timer)
    implements WaitingClient {

  Resilience4jClient(WaitingClient delegate, Wait backOff) {
    this(delegate, Retry.of("chat", config(backOff)), new ScheduledThreadPoolExecutor(1));
  }

  private static RetryConfig config(Wait backOff) {
    return RetryConfig.custom()
        .maxAttempts(HandWritten.MAX_RETRIES + 1)
        .waitDuration(backOff.duration())
        .retryOnException(HandWritten::isRetryable)
        .build();
  }

  @Override
  public CompletionStage<String> complete(Question question) {
    return retry.executeCompletionStage(timer, () -> delegate.complete(question));
  }
}
