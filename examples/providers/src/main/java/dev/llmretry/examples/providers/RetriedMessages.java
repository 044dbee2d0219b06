package dev.llmretry.examples.providers;

import com.anthropic.services.blocking.MessageService;
import dev.llmretry.LlmRetry;

/** anthropic-java's {@code client.messages()}, retried. */
@LlmRetry(max = 3, baseDelayMs = 200)
public interface RetriedMessages extends MessageService {}
