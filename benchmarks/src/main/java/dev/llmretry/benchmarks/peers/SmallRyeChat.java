package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.io.IOException;
import java.time.temporal.ChronoUnit;

/** SmallRye Fault Tolerance without a container, and without its jitter. */
public record SmallRyeChat(ChatClient delegate, TypedGuard<String> guard) implements ChatClient {

  public SmallRyeChat(ChatClient delegate) {
    this(delegate, guard(TypedGuard.create(String.class)));
  }

  static <T> TypedGuard<T> guard(TypedGuard.Builder<T> builder) {
    return builder
        .withRetry()
        .maxRetries(HandWritten.MAX_RETRIES)
        .delay(0, ChronoUnit.MILLIS)
        .jitter(0, ChronoUnit.MILLIS)
        .whenException(HandWritten::isRetryable)
        .done()
        .build();
  }

  @Override
  public String complete(String prompt) throws IOException {
    try {
      return guard.call(() -> delegate.complete(prompt));
    } catch (Exception e) {
      throw Causes.asDeclared(e);
    }
  }
}
