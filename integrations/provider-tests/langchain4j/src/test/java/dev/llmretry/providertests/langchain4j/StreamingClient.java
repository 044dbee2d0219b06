package dev.llmretry.providertests.langchain4j;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.llmretry.LlmRetry;
import dev.llmretry.StreamCallback;

/** A client that answers through LangChain4j's own callback. */
@SuppressWarnings("LR047") // Streaming models retry nothing.
interface StreamingClient {

  /** Tells the handler the answer. */
  @LlmRetry(max = 2, baseDelayMs = 100)
  void stream(String question, @StreamCallback StreamingChatResponseHandler handler);
}
