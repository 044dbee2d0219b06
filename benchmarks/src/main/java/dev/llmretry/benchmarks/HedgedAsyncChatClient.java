package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import java.util.concurrent.CompletableFuture;

/** As {@link AsyncChatClient}, with hedges of slow attempts. */
interface HedgedAsyncChatClient extends AsyncChatClient {

  @Override
  @LlmRetry(max = 3, baseDelayMs = 0, hedgeAfterMs = 60_000)
  CompletableFuture<String> complete(String prompt);
}
