package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;

/** The settings of all calls, once as constants for annotations, once as policies. */
final class Settings {

  static final int MAX = 3;
  static final long BASE_DELAY_MS = 1;
  static final long MAX_DELAY_MS = 2;
  static final long ATTEMPT_TIMEOUT_MS = 10;
  static final long DEADLINE_MS = 50;
  static final long MAX_RETRY_AFTER_MS = 10_000;
  static final long HEDGE_AFTER_MS = 2;

  static final Duration HEDGE_AFTER = Duration.ofMillis(HEDGE_AFTER_MS);

  /** How long a call waits for its turns at an upstream. */
  static final Duration MAX_WAIT = Duration.ofMillis(20);

  private Settings() {}

  static RetryPolicy.Builder untimed(String name) {
    return RetryPolicy.builder(name)
        .maxRetries(MAX)
        .baseDelay(Duration.ofMillis(BASE_DELAY_MS))
        .maxDelay(Duration.ofMillis(MAX_DELAY_MS))
        .maxRetryAfter(Duration.ofMillis(MAX_RETRY_AFTER_MS));
  }

  /** Returns the policy with time limits. */
  static RetryPolicy timed(RetryPolicy policy) {
    return policy.toBuilder()
        .attemptTimeout(Duration.ofMillis(ATTEMPT_TIMEOUT_MS))
        .deadline(Duration.ofMillis(DEADLINE_MS))
        .build();
  }
}
