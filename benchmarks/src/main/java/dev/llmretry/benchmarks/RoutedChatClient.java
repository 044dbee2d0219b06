package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import dev.llmretry.Routed;
import java.io.IOException;

/** As {@link ChatClient}, with a second client behind the first. */
@Routed
@SuppressWarnings("LR057") // the others have no time limit either
interface RoutedChatClient {

  @LlmRetry(max = 3, baseDelayMs = 0)
  String complete(String prompt) throws IOException;
}
