package dev.llmretry.benchmarks.peers;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import java.io.IOException;

/** Failsafe, whose delay of zero is to set none. */
public record FailsafeChat(ChatClient delegate, FailsafeExecutor<String> failsafe)
    implements ChatClient {

  public FailsafeChat(ChatClient delegate) {
    this(delegate, Failsafe.with(policy()));
  }

  static RetryPolicy<String> policy() {
    return RetryPolicy.<String>builder()
        .withMaxRetries(HandWritten.MAX_RETRIES)
        .handleIf(HandWritten::isRetryable)
        .build();
  }

  @Override
  public String complete(String prompt) throws IOException {
    try {
      return failsafe.get(() -> delegate.complete(prompt));
    } catch (FailsafeException e) {
      throw Causes.ioException(e);
    }
  }
}
