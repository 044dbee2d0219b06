package dev.llmretry.benchmarks.callers.policies;

import com.openai.errors.OpenAIServiceException;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The loop that OpenAI recommends for tenacity, with the provider's hint in addition: a random part
 * of a delay that doubles from 1 s to 60 s.
 */
final class HandWrittenLoop implements Chat {

  private static final double MAX_SECONDS = 60;

  private final Chat delegate;
  private final int attempts;

  HandWrittenLoop(Chat delegate, int attempts) {
    this.delegate = delegate;
    this.attempts = attempts;
  }

  @Override
  public String ask() throws IOException, InterruptedException {
    int attempt = 1;
    while (true) {
      try {
        return delegate.ask();
      } catch (OpenAIServiceException e) {
        if (attempt == attempts || (e.statusCode() != 429 && e.statusCode() < 500)) {
          throw e;
        }
        Thread.sleep(hintMillis(e) + jitterMillis(attempt));
        attempt++;
      }
    }
  }

  private static long hintMillis(OpenAIServiceException e) {
    return e.headers().values("retry-after-ms").stream().mapToLong(Long::parseLong).max().orElse(0);
  }

  private static long jitterMillis(int attempt) {
    double ceiling = Math.min(MAX_SECONDS, Math.pow(2, attempt - 1.0));
    return (long) (ThreadLocalRandom.current().nextDouble() * ceiling * 1_000);
  }
}
