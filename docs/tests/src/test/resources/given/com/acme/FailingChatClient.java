package com.acme;

import dev.llmretry.runtime.CancellationToken;
import java.util.Map;

/** Fails so many times, as an overloaded provider does, then answers. */
public class FailingChatClient implements ChatClient {
  private int failures;

  public FailingChatClient(int failures) {
    this.failures = failures;
  }

  @Override
  public ChatResponse complete(ChatRequest request, CancellationToken cancel)
      throws ProviderException {
    if (failures-- > 0) {
      throw new ProviderException(503, Map.of(), "no capacity");
    }
    return new ChatResponse("Hello!");
  }
}
