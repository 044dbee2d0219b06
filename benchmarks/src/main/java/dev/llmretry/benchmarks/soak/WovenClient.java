package dev.llmretry.benchmarks.soak;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** What is called with its retries woven in. */
class WovenClient {

  private final SoakClient provider;

  WovenClient(SoakClient provider) {
    this.provider = provider;
  }

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS)
  Call ask(Call call, CancellationToken token) throws IOException {
    return provider.ask(call, token);
  }

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
      attemptTimeoutMs = Settings.ATTEMPT_TIMEOUT_MS,
      deadlineMs = Settings.DEADLINE_MS)
  Call askInTime(Call call, CancellationToken token) throws IOException {
    return provider.ask(call, token);
  }
}
