package dev.llmretry.guava;

import com.google.common.util.concurrent.ListenableFuture;
import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;

/** What a user writes. */
interface AnnotatedClient {

  @LlmRetry(max = 3, baseDelayMs = 100)
  ListenableFuture<String> ask(String question);

  @LlmRetry(max = 3, baseDelayMs = 100)
  ListenableFuture<String> ask(String question, CancellationToken cancel);
}
