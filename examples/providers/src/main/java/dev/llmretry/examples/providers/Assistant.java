package dev.llmretry.examples.providers;

import dev.llmretry.LlmRetry;
import dev.llmretry.Routed;
import dev.llmretry.runtime.CancellationToken;

/**
 * What an application wants of a model, whichever SDK stands behind it. The compiler makes {@code
 * RetryingAssistant} of it, which can ask several models in turn.
 */
@Routed
public interface Assistant {

  /**
   * Returns the answer.
   *
   * @param cancel ends a wait at once
   */
  @LlmRetry(max = 3, baseDelayMs = 200, attemptTimeoutMs = 60_000)
  String ask(String question, CancellationToken cancel);
}
