package dev.llmretry.benchmarks.waiting;

import dev.llmretry.LlmRetry;
import java.util.concurrent.CompletableFuture;

/** Waits until all has been measured. */
interface LongWaitClient extends WaitingClient {

  long WAIT_MS = 3_600_000;

  @Override
  @LlmRetry(max = 3, baseDelayMs = WAIT_MS, maxDelayMs = WAIT_MS)
  CompletableFuture<String> complete(Question question);
}
