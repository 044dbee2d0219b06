package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.peers.MicronautChat;
import java.io.IOException;

/** A Micronaut context with one bean. */
final class WithMicronaut {

  private WithMicronaut() {}

  public static void main(String... args) throws IOException {
    FirstCall.make(MicronautChat.intercepted(new Provider()));
  }
}
