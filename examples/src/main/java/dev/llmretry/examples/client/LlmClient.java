package dev.llmretry.examples.client;

import dev.llmretry.Jitter;
import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;

/**
 * A client of a language-model provider. From it the compiler makes {@code RetryingLlmClient},
 * which is an {@code LlmClient} too and calls another one, again where that helps:
 *
 * <pre>{@code
 * LlmClient client = new RetryingLlmClient(new OpenAiClient(url, key, Duration.ofSeconds(20)));
 * }</pre>
 */
public interface LlmClient {

  /** Returns the provider's name, for logs. Not annotated, so merely passed on. */
  String name();

  /** Returns what the provider can do. */
  Capabilities capabilities();

  /**
   * Answers a conversation.
   *
   * <p>Up to four attempts, with waits of 100, 200 and 400 ms unless the provider asks for others;
   * no attempt longer than 20 s, and all of them together no longer than 30 s.
   *
   * @param cancel ends the attempt in flight, or the wait for the next
   */
  @LlmRetry(max = 3, baseDelayMs = 100, attemptTimeoutMs = 20_000, deadlineMs = 30_000)
  ChatResponse complete(ChatRequest request, CancellationToken cancel) throws ProviderException;

  /**
   * Turns each text into a vector.
   *
   * <p>Embeddings are quick, and there are many of them at a time: hence a short time-out, and
   * jitter, so that those which failed together do not come back together.
   *
   * @param cancel ends the attempt in flight, or the wait for the next
   */
  @LlmRetry(
      max = 5,
      baseDelayMs = 50,
      maxDelayMs = 500,
      jitter = Jitter.EQUAL,
      attemptTimeoutMs = 2_000)
  List<Embedding> embed(List<String> texts, CancellationToken cancel) throws ProviderException;
}
