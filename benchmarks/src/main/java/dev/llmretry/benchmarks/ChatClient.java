package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import java.io.IOException;

/** What all that is measured looks like to its caller. */
public interface ChatClient {

  @LlmRetry(max = 3, baseDelayMs = 0)
  String complete(String prompt) throws IOException;
}
