package dev.llmretry.examples.client;

import dev.llmretry.Jitter;
import dev.llmretry.LlmRetry;
import dev.llmretry.Revised;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;

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
   * Answers a conversation with a JSON object. An answer that is none is rejected; the next attempt
   * shows the model what was wrong. If no attempt is left, the last answer is returned as it is.
   *
   * @param cancel ends the attempt in flight, or the wait for the next
   */
  @LlmRetry(
      max = 2,
      baseDelayMs = 100,
      attemptTimeoutMs = 20_000,
      check = JsonCheck.class,
      revise = JsonReviser.class)
  ChatResponse completeJson(@Revised ChatRequest request, CancellationToken cancel)
      throws ProviderException;

  /**
   * Answers a conversation, without blocking a thread: neither while the provider thinks nor while
   * a retry waits. The settings are those of {@link #complete}.
   *
   * @param cancel ends the call, as does {@code cancel} of the future
   */
  @LlmRetry(max = 3, baseDelayMs = 100, attemptTimeoutMs = 20_000, deadlineMs = 30_000)
  CompletableFuture<ChatResponse> completeAsync(ChatRequest request, CancellationToken cancel);

  /**
   * Answers a conversation, piece by piece. Close the stream if you do not read it to its end.
   *
   * <p>Providers report trouble in answers that have begun with HTTP 200. Hence the retries until
   * the first piece of text: up to there nobody has seen anything, and what says no more than who
   * speaks is held back. What goes wrong later is thrown while the stream is read, as {@link
   * UncheckedProviderException}, and nothing is told twice.
   *
   * <p>No time-out for an attempt: it would cut {@code cancel} off from the stream when the first
   * piece of text has arrived. So cancel it if a provider falls silent; {@link #publish} has a
   * time-out for that.
   *
   * @param cancel ends the call, and the stream that it has returned
   */
  @LlmRetry(
      max = 3,
      baseDelayMs = 100,
      stream = StreamRetry.UNTIL_FIRST_ELEMENT,
      preamble = RoleChunk.class)
  Stream<ChatChunk> stream(ChatRequest request, CancellationToken cancel) throws ProviderException;

  /**
   * Answers a conversation, piece by piece, without blocking a thread. Publishers are always
   * retried until their first piece of text; {@code attemptTimeoutMs} is the time for that.
   *
   * @param cancel ends the call, as does {@code cancel} of the subscription
   */
  @LlmRetry(max = 3, baseDelayMs = 100, attemptTimeoutMs = 20_000, preamble = RoleChunk.class)
  Publisher<ChatChunk> publish(ChatRequest request, CancellationToken cancel);

  /**
   * Turns each text into a vector.
   *
   * <p>Embeddings are quick, and there are many of them at a time: hence a short time-out, and
   * jitter, so that those which failed together do not come back together.
   *
   * @param attempt tells the provider which requests are attempts of one call, and its token ends
   *     the attempt in flight, or the wait for the next; callers pass {@link Attempt#first}
   */
  @LlmRetry(
      max = 5,
      baseDelayMs = 50,
      maxDelayMs = 500,
      jitter = Jitter.EQUAL,
      attemptTimeoutMs = 2_000)
  List<Embedding> embed(List<String> texts, Attempt attempt) throws ProviderException;
}
