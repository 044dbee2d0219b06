package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.ChatClient;
import java.io.IOException;

/** Makes a client and one call, and says when that is done. */
final class FirstCall {

  /** What is said. */
  static final String DONE = "first call done";

  private FirstCall() {}

  static void make(ChatClient client) throws IOException {
    if (!client.complete("Are you there?").equals("Yes.")) {
      throw new IllegalStateException("Not the answer");
    }
    System.out.println(DONE);
  }
}
