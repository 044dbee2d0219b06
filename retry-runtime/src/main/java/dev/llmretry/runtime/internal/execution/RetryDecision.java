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
   * @param retry the number of retries that will have been used up, from 1
   * @param elapsedNanos the time since the call began; without a deadline it may be 0
   * @param delayNanos the {@link #delay} before the retry
   * @return the decision
   */
  public static RetryDecision decide(
      RetryPolicy policy,
      Throwable error,
      Failure failure,
      @Nullable GiveUpReason obstacle,
      int retry,
      long elapsedNanos,
      long delayNanos) {
    if (!RetryRules.isRetryable(policy, error, failure)) {
      return giveUp(GiveUpReason.NOT_RETRYABLE);
    }
    Duration retryAfter = failure.retryAfter();
    if (obstacle == null
        && retry <= policy.maxRetries()
        && retryAfter != null
        && Durations.toNanos(retryAfter) > Durations.toNanos(policy.maxRetryAfter())) {
      return giveUp(GiveUpReason.RETRY_AFTER_TOO_LONG);
    }
    return within(policy, obstacle, retry, elapsedNanos, delayNanos);
  }

  /**
   * Decides about a failure that may be retried, whatever the provider asked for.
   *
   * @param policy the settings
   * @param obstacle what prevents a retry of any failure, or null
   * @param retry the number of retries that will have been used up, from 1
   * @param elapsedNanos the time since the call began; without a deadline it may be 0
   * @param delayNanos the delay before the retry
   * @return the decision
   */
  static RetryDecision within(
      RetryPolicy policy,
      @Nullable GiveUpReason obstacle,
      int retry,
      long elapsedNanos,
      long delayNanos) {
    if (obstacle != null) {
      return giveUp(obstacle);
    }
    if (retry > policy.maxRetries()) {
      return giveUp(GiveUpReason.ATTEMPTS_EXHAUSTED);
    }
    if (policy.deadline() != null
        && delayNanos >= Durations.toNanos(policy.deadline()) - elapsedNanos) {
      return giveUp(GiveUpReason.DEADLINE);
    }
    return new RetryDecision(null, delayNanos);
  }

  private static RetryDecision giveUp(GiveUpReason reason) {
    return new RetryDecision(reason, 0);
  }

  /**
   * Returns the delay before a retry.
   *
   * @param policy the settings
   * @param retryAfter the delay that the provider asked for, or null
   * @param retry the number of the retry, from 1
   * @param previous the delay before the failed attempt, or 0
   * @param random between 0 inclusive and 1 exclusive; without jitter it may be 0
   * @return the delay in nanoseconds
   */
  static long delay(
      RetryPolicy policy, @Nullable Duration retryAfter, int retry, long previous, double random) {
    long base = Durations.toNanos(policy.baseDelay());
    long max = Durations.toNanos(policy.maxDelay());
    long ceiling =
        Backoff.ceiling(policy.jitter(), base, policy.multiplier(), max, retry, previous);
    long floor = Backoff.floor(policy.jitter(), base, ceiling);
    long range = ceiling - floor;
    long chance = Math.max(0, Math.min((long) (random * range), range));
    if (retryAfter == null) {
      return floor + chance;
    }
    long asked = Durations.toNanos(retryAfter);
    long most = Math.max(0, Durations.toNanos(policy.maxRetryAfter()) - asked);
    return asked + Math.min(chance, most);
  }
}
