package com.acme;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;

public interface ChatClient {
  @LlmRetry(max = 3, baseDelayMs = 100)
  ChatResponse complete(ChatRequest request, CancellationToken cancel) throws ProviderException;
}
