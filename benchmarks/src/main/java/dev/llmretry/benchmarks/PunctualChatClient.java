package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import java.io.IOException;

/** As {@link ChatClient}, with a deadline that is never reached. */
interface PunctualChatClient {

  long DEADLINE_MS = 60_000;

  @LlmRetry(max = 3, baseDelayMs = 0, deadlineMs = DEADLINE_MS)
  String complete(String prompt) throws IOException;
}
