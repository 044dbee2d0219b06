package dev.llmretry;

/**
 * How delays are randomised, so that many callers that failed at the same moment do not retry at
 * the same moment.
 *
 * <p>In the following, {@code backoff} is {@code min(maxDelay, baseDelay * multiplier^(n-1))}
 * before retry {@code n}, counted from 1. A delay that the provider asked for is never shortened;
 * the random part is added to it, up to {@link LlmRetry#maxRetryAfterMs}.
 */
public enum Jitter {
  /** No randomness: the delay is {@code backoff}. */
  NONE,
  /** A random delay between zero and {@code backoff}. */
  FULL,
  /** A random delay between half of {@code backoff} and {@code backoff}. */
  EQUAL,
  /**
   * A random delay between {@code baseDelay} and three times the previous delay, at most {@code
   * maxDelay}. The multiplier is not used.
   */
  DECORRELATED
}
