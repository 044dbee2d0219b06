package com.acme.chat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Where prompts are sent to. */
public interface Endpoint {

  /** Sends a prompt, and returns the answer. */
  String send(String prompt) throws IOException;

  /** Sends a prompt, and returns at once. */
  CompletableFuture<String> sendAsync(String prompt);
}
