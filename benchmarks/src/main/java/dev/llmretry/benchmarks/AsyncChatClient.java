package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import java.util.concurrent.CompletableFuture;

/** As {@link ChatClient}, without blocking. */
public interface AsyncChatClient {

  @LlmRetry(max = 3, baseDelayMs = 0)
  CompletableFuture<String> complete(String prompt);
}
