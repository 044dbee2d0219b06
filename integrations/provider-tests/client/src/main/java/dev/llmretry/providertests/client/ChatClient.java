package dev.llmretry.providertests.client;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What a user annotates. It knows no SDK, nor its exceptions; each SDK's tests implement it, with
 * the SDK's own retries off.
 */
public interface ChatClient extends AutoCloseable {

  /** Returns the answer. */
  @LlmRetry(max = 2, baseDelayMs = 100)
  String ask(String question) throws Exception;

  /** Returns the answer in a while. */
  @LlmRetry(max = 2, baseDelayMs = 100)
  CompletableFuture<String> askAsync(String question);

  /** Returns the answer piece by piece, without empty pieces. */
  @LlmRetry(max = 2, baseDelayMs = 100, stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Stream<String> askStreaming(String question) throws Exception;

  @Override
  void close();
}
