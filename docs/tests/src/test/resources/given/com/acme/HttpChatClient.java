package com.acme;

import dev.llmretry.runtime.CancellationToken;

public class HttpChatClient implements ChatClient {
  private final String key;

  public HttpChatClient(String key) {
    this.key = key;
  }

  @Override
  public ChatResponse complete(ChatRequest request, CancellationToken cancel) {
    return new ChatResponse(request.prompt() + " " + key.length());
  }
}
