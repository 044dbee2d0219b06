package dev.llmretry.benchmarks.waiting;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.llmretry.benchmarks.HandWritten;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Failsafe, with a scheduled executor of one thread, which makes the first attempts too. */
record FailsafeClient(WaitingClient delegate, FailsafeExecutor<String> failsafe)
    implements WaitingClient {

  FailsafeClient(WaitingClient delegate, Wait backOff) {
    this(delegate, Failsafe.with(policy(backOff)).with(new ScheduledThreadPoolExecutor(1)));
  }

  private static RetryPolicy<String> policy(Wait backOff) {
    return RetryPolicy.<String>builder()
        .withMaxRetries(HandWritten.MAX_RETRIES)
        .withDelay(backOff.duration())
        .handleIf(HandWritten::isRetryable)
        .build();
  }

  @Override
  public CompletionStage<String> complete(Question question) {
    return failsafe.getStageAsync(() -> delegate.complete(question));
  }
}
