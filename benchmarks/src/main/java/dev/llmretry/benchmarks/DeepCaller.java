package dev.llmretry.benchmarks;

import java.io.IOException;

/** Calls from below 60 more stack frames, as a server does. */
record DeepCaller(ChatClient client) implements ChatClient {

  private static final int FRAMES = 60;

  @Override
  public String complete(String prompt) throws IOException {
    return descend(prompt, FRAMES);
  }

  private String descend(String prompt, int frames) throws IOException {
    return frames == 1 ? client.complete(prompt) : descend(prompt, frames - 1);
  }
}
