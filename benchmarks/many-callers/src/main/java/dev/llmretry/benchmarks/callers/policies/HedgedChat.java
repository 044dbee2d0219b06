package dev.llmretry.benchmarks.callers.policies;

import dev.llmretry.LlmRetry;
import java.util.concurrent.CompletableFuture;

/** Calls that return futures; the wrapper makes a second attempt beside a slow one. */
@LlmRetry(hedgeAfterMs = HedgedChat.HEDGE_AFTER_MILLIS)
public interface HedgedChat {

  /** About one in forty answers takes longer. */
  long HEDGE_AFTER_MILLIS = 1_200;

  /** Asks the provider something. */
  CompletableFuture<String> askLater();
}
