package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** As {@link HandWrittenChat}, with a look at the token before each attempt. */
record HandWrittenCancellableChat(CancellableChatClient delegate) implements CancellableChatClient {

  @Override
  public String complete(String prompt, CancellationToken cancel) throws IOException {
    for (int attempt = 1; ; attempt++) {
      cancel.throwIfCancelled();
      try {
        return delegate.complete(prompt, cancel);
      } catch (IOException e) {
        if (attempt > HandWritten.MAX_RETRIES || !HandWritten.isRetryable(e)) {
          throw e;
        }
        HandWritten.sleep(HandWritten.delayMs(e, attempt), e);
      }
    }
  }
}
