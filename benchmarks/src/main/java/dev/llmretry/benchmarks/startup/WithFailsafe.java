package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.peers.FailsafeChat;
import java.io.IOException;

/** Failsafe. */
final class WithFailsafe {

  private WithFailsafe() {}

  public static void main(String... args) throws IOException {
    FirstCall.make(new FailsafeChat(new Provider()));
  }
}
