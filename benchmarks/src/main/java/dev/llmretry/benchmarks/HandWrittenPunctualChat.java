package dev.llmretry.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * As {@link HandWrittenChat}, with a deadline that it looks at before it waits. Unlike the wrapper
 * it cannot end an attempt, for which a timer would have to be set.
 */
record HandWrittenPunctualChat(PunctualChatClient delegate) implements ChatClient {

  private static final long DEADLINE_NANOS =
      TimeUnit.MILLISECONDS.toNanos(PunctualChatClient.DEADLINE_MS);

  @Override
  public String complete(String prompt) throws IOException {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        return delegate.complete(prompt);
      } catch (IOException e) {
        if (attempt > HandWritten.MAX_RETRIES || !HandWritten.isRetryable(e)) {
          throw e;
        }
        long delay = HandWritten.delayMs(e, attempt);
        long left = DEADLINE_NANOS - (System.nanoTime() - start);
        if (TimeUnit.MILLISECONDS.toNanos(delay) >= left) {
          throw e;
        }
        HandWritten.sleep(delay, e);
      }
    }
  }
}
