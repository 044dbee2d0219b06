package dev.llmretry.spring;

import dev.llmretry.LlmRetry;

@RetryingBean
public interface ChatClient {

  @LlmRetry(name = "chat", max = 3, baseDelayMs = 100)
  String ask(String question);

  @LlmRetry(name = "slow", attemptTimeoutMs = 1_000)
  String askSlowly(String question);
}
