package dev.llmretry.benchmarks.soak;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Stream;

/** What is called through its generated wrapper. */
interface SoakClient {

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS)
  Call ask(Call call, CancellationToken token) throws IOException;

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
      attemptTimeoutMs = Settings.ATTEMPT_TIMEOUT_MS,
      deadlineMs = Settings.DEADLINE_MS)
  Call askInTime(Call call, CancellationToken token) throws IOException;

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS)
  CompletableFuture<Call> begin(Call call, CancellationToken token);

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
      attemptTimeoutMs = Settings.ATTEMPT_TIMEOUT_MS,
      deadlineMs = Settings.DEADLINE_MS)
  CompletableFuture<Call> beginInTime(Call call, CancellationToken token);

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS)
  Publisher<Call> publish(Call call, CancellationToken token);

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
      attemptTimeoutMs = Settings.ATTEMPT_TIMEOUT_MS,
      deadlineMs = Settings.DEADLINE_MS)
  Publisher<Call> publishInTime(Call call, CancellationToken token);

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
      stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Stream<Call> stream(Call call, CancellationToken token);

  @LlmRetry(
      max = Settings.MAX,
      baseDelayMs = Settings.BASE_DELAY_MS,
      maxDelayMs = Settings.MAX_DELAY_MS,
      maxRetryAfterMs = Settings.MAX_RETRY_AFTER_MS,
      attemptTimeoutMs = Settings.ATTEMPT_TIMEOUT_MS,
      deadlineMs = Settings.DEADLINE_MS,
      stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  Stream<Call> streamInTime(Call call, CancellationToken token);
}
