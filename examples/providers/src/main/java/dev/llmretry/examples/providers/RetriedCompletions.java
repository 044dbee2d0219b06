package dev.llmretry.examples.providers;

import com.openai.services.blocking.chat.ChatCompletionService;
import dev.llmretry.LlmRetry;

/** openai-java's {@code client.chat().completions()}, retried. */
@LlmRetry(max = 3, baseDelayMs = 200)
public interface RetriedCompletions extends ChatCompletionService {}
