package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.util.concurrent.CompletableFuture;

/** As {@link AsyncChatClient}, with a token. */
interface CancellableAsyncChatClient {

  @LlmRetry(max = 3, baseDelayMs = 0)
  CompletableFuture<String> complete(String prompt, CancellationToken cancel);
}
