package dev.llmretry.examples.client;

import dev.llmretry.LlmRetry;
import dev.llmretry.Routed;
import dev.llmretry.runtime.CancellationToken;

/**
 * A conversation that several providers can answer. Its wrapper calls them in order of preference:
 *
 * <pre>{@code
 * FallbackChat chat =
 *     RetryingFallbackChat.routed(
 *         runtime, Route.of("openai", openAi::complete), Route.of("azure", azure::complete));
 * }</pre>
 */
@Routed
public interface FallbackChat {

  /**
   * Answers a conversation, by the first provider that can.
   *
   * @param cancel ends the attempt in flight, or the wait for the next
   */
  @LlmRetry(max = 3, baseDelayMs = 100, attemptTimeoutMs = 20_000, deadlineMs = 30_000)
  ChatResponse complete(ChatRequest request, CancellationToken cancel) throws ProviderException;
}
