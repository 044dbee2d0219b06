package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.ChatClient;

/** A client without retries. */
final class Provider implements ChatClient {

  @Override
  public String complete(String prompt) {
    return "Yes.";
  }
}
