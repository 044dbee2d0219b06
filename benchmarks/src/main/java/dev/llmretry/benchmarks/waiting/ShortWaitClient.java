package dev.llmretry.benchmarks.waiting;

import dev.llmretry.LlmRetry;
import java.util.concurrent.CompletableFuture;

/** Waits until all calls have begun, and little longer. */
interface ShortWaitClient extends WaitingClient {

  long WAIT_MS = 12_000;

  @Override
  @LlmRetry(max = 3, baseDelayMs = WAIT_MS)
  CompletableFuture<String> complete(Question question);
}
