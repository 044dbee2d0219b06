package com.acme.chat;

import java.io.IOException;

/** Where prompts are sent to. */
@FunctionalInterface
public interface Endpoint {

  /** Sends a prompt, and returns the answer. */
  String send(String prompt) throws IOException;
}
