package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.HandWrittenChat;
import java.io.IOException;

/** The loop written by hand. */
final class WithHandWrittenLoop {

  private WithHandWrittenLoop() {}

  public static void main(String... args) throws IOException {
    FirstCall.make(new HandWrittenChat(new Provider()));
  }
}
