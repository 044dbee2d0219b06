package dev.llmretry;

/**
 * How randomness spreads the waits of many callers that failed at the same moment.
 *
 * <p>{@code backoff} below stands for {@code min(maxDelay, baseDelay * multiplier^(n-1))}, before
 * retry {@code n}. A wait that the provider asked for is never shortened: there, only the random
 * part is added to it.
 */
public enum Jitter {
  /** No randomness: the wait is exactly {@code backoff}. */
  NONE,
  /** Anything between zero and {@code backoff}. */
  FULL,
  /** Half of {@code backoff}, and anything up to the other half on top. */
  EQUAL,
  /**
   * Anything between {@code baseDelay} and three times the previous wait, at most {@code maxDelay}.
   * The multiplier plays no part.
   */
  DECORRELATED
}
