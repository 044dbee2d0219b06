package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.time.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The decision after a failed attempt: a pure function of the settings and the state of the call.
 *
 * @param giveUp why not to retry, or null to retry
 * @param delayNanos the delay before the retry, in nanoseconds; 0 if there is no retry
 */
public record RetryDecision(@Nullable GiveUpReason giveUp, long delayNanos) {

  /**
   * Decides.
   *
   * @param policy the settings
   * @param error the error of the attempt
   * @param failure the classification of the error
   * @param obstacle what prevents a retry of any failure, or null
   * @param attempt the number of the attempt, from 1
   * @param elapsedNanos the time since the call began; without a deadline it may be 0
   * @param previousDelayNanos the delay before this attempt, or 0
   * @param random between 0 inclusive and 1 exclusive; without jitter it may be 0
   * @return the decision
   */
  public static RetryDecision decide(
      RetryPolicy policy,
      Throwable error,
      Failure failure,
      @Nullable GiveUpReason obstacle,
      int attempt,
      long elapsedNanos,
      long previousDelayNanos,
      double random) {
    if (!RetryRules.isRetryable(policy, error, failure)) {
      return giveUp(GiveUpReason.NOT_RETRYABLE);
    }
    if (obstacle != null) {
      return giveUp(obstacle);
    }
    if (attempt > policy.maxRetries()) {
      return giveUp(GiveUpReason.ATTEMPTS_EXHAUSTED);
    }
    Duration retryAfter = failure.retryAfter();
    if (retryAfter != null
        && Durations.toNanos(retryAfter) > Durations.toNanos(policy.maxRetryAfter())) {
      return giveUp(GiveUpReason.RETRY_AFTER_TOO_LONG);
    }
    long delay = delay(policy, retryAfter, attempt, previousDelayNanos, random);
    if (policy.deadline() != null && delay >= Durations.toNanos(policy.deadline()) - elapsedNanos) {
      return giveUp(GiveUpReason.DEADLINE);
    }
    return new RetryDecision(null, delay);
  }

  private static RetryDecision giveUp(GiveUpReason reason) {
    return new RetryDecision(reason, 0);
  }

  private static long delay(
      RetryPolicy policy,
      @Nullable Duration retryAfter,
      int attempt,
      long previous,
      double random) {
    long base = Durations.toNanos(policy.baseDelay());
    long max = Durations.toNanos(policy.maxDelay());
    long ceiling =
        Backoff.ceiling(policy.jitter(), base, policy.multiplier(), max, attempt, previous);
    long floor = Backoff.floor(policy.jitter(), base, ceiling);
    long range = ceiling - floor;
    long chance = Math.max(0, Math.min((long) (random * range), range));
    if (retryAfter == null) {
      return floor + chance;
    }
    long asked = Durations.toNanos(retryAfter);
    return asked + Math.min(chance, Durations.toNanos(policy.maxRetryAfter()) - asked);
  }
}
