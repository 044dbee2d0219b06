package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.RetryingChatClient;
import java.io.IOException;

/** The generated wrapper. */
final class WithWrapper {

  private WithWrapper() {}

  public static void main(String... args) throws IOException {
    FirstCall.make(new RetryingChatClient(new Provider()));
  }
}
