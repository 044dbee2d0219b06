package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** As {@link ChatClient}, with a token. */
interface CancellableChatClient {

  @LlmRetry(max = 3, baseDelayMs = 0)
  String complete(String prompt, CancellationToken cancel) throws IOException;
}
