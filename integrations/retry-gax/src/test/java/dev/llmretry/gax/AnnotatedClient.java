package dev.llmretry.gax;

import com.google.api.core.ApiFuture;
import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;

/** What a user writes. */
interface AnnotatedClient {

  @LlmRetry(max = 3, baseDelayMs = 100)
  ApiFuture<String> ask(String question);

  @LlmRetry(max = 3, baseDelayMs = 100)
  ApiFuture<String> ask(String question, CancellationToken cancel);
}
