package dev.llmretry.examples.client;

import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Too many requests or tokens at the moment. */
public final class RateLimitException extends HttpErrorException {

  private static final long serialVersionUID = 1;

  RateLimitException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(statusCode, headers, body);
  }

  /**
   * Returns how long the provider asks to wait, or null if it does not.
   *
   * <p>For those who catch the exception. The retries read the headers themselves, in all the
   * spellings that providers have for it; so there is no need to do that here once more.
   */
  public @Nullable Duration retryAfter() {
    return RetryRuntime.standard().classify(this).retryAfter();
  }
}
