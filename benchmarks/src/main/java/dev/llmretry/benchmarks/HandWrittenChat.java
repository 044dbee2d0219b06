package dev.llmretry.benchmarks;

import java.io.IOException;

/** The loop to compare with: a careful engineer's, who has the same information and no more. */
public record HandWrittenChat(ChatClient delegate) implements ChatClient {

  @Override
  public String complete(String prompt) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return delegate.complete(prompt);
      } catch (IOException e) {
        if (attempt > HandWritten.MAX_RETRIES || !HandWritten.isRetryable(e)) {
          throw e;
        }
        HandWritten.sleep(HandWritten.delayMs(e, attempt), e);
      }
    }
  }
}
