package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.peers.Resilience4jChat;
import java.io.IOException;

/** Resilience4j. */
final class WithResilience4j {

  private WithResilience4j() {}

  public static void main(String... args) throws IOException {
    FirstCall.make(new Resilience4jChat(new Provider()));
  }
}
