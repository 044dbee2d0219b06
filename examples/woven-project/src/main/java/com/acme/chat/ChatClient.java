package com.acme.chat;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A class like any other, but for its annotations. */
public class ChatClient {

  private final Endpoint endpoint;

  public ChatClient(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Answers a prompt.
   *
   * @param cancel ends the wait for another attempt
   */
  @LlmRetry(max = 3, baseDelayMs = 100)
  public String complete(String prompt, CancellationToken cancel) throws IOException {
    return endpoint.send(prompt);
  }

  /** Answers a prompt, later. */
  @LlmRetry(max = 3, baseDelayMs = 100)
  public CompletableFuture<String> completeAsync(String prompt) {
    return endpoint.sendAsync(prompt);
  }

  /** Makes one attempt. */
  public String ping() throws IOException {
    return endpoint.send("ping");
  }
}
