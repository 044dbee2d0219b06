package dev.llmretry.examples.providers;

import dev.llmretry.LlmRetry;
import dev.llmretry.providers.preamble.SpringAiPreamble;
import org.springframework.ai.chat.model.ChatModel;

/** Spring AI's model, retried; a stream until its first text. */
@LlmRetry(max = 3, baseDelayMs = 200, preamble = SpringAiPreamble.class)
public interface RetriedSpringModel extends ChatModel {}
