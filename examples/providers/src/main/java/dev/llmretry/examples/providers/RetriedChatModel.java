package dev.llmretry.examples.providers;

import dev.langchain4j.model.chat.ChatModel;
import dev.llmretry.LlmRetry;

/** LangChain4j's model, retried. {@code RetryingRetriedChatModel} wraps any {@code ChatModel}. */
@LlmRetry(max = 3, baseDelayMs = 200)
public interface RetriedChatModel extends ChatModel {}
