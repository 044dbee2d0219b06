package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;

/** Resilience4j. */
public record Resilience4jChat(ChatClient delegate, Retry retry) implements ChatClient {

  public Resilience4jChat(ChatClient delegate) {
    this(delegate, newRetry());
  }

  static Retry newRetry() {
    return Retry.of(
        "chat",
        RetryConfig.custom()
            .maxAttempts(HandWritten.MAX_RETRIES + 1)
            .waitDuration(Duration.ZERO)
            .retryOnException(HandWritten::isRetryable)
            .build());
  }

  @Override
  public String complete(String prompt) throws IOException {
    try {
      return retry.executeCallable(() -> delegate.complete(prompt));
    } catch (Exception e) {
      throw Causes.asDeclared(e);
    }
  }
}
