package acme.settings;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.LlmRetry;
import dev.llmretry.Nested;
import java.io.IOException;
import java.net.SocketTimeoutException;

public interface Settings {

  @LlmRetry(
      name = "all-of-them",
      max = 10,
      baseDelayMs = 50,
      multiplier = 1.5,
      maxDelayMs = 3_000_000_000L,
      jitter = Jitter.DECORRELATED,
      nested = Nested.RETRY,
      deadlineMs = 120_000,
      attemptTimeoutMs = 30_000,
      maxRetryAfterMs = LlmRetry.NO_LIMIT,
      retryOn = {SocketTimeoutException.class, IllegalStateException.class},
      abortOn = IOException.class,
      retryOnKinds = {FailureKind.CONTENT_FILTERED, FailureKind.UNKNOWN},
      abortOnKinds = FailureKind.TIMEOUT)
  String everything() throws IOException;

  @LlmRetry(max = 1, baseDelayMs = 0, maxRetryAfterMs = 5_000)
  String immediate();

  @LlmRetry(max = 8, jitter = Jitter.FULL)
  String jittered();
}
