package dev.llmretry.runtime.internal.execution;

import dev.llmretry.Jitter;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of exponential back-off. All times passed to one call must be in the same unit.
 *
 * <p>The delay before a retry lies between a {@link #floor} and a {@link #ceiling}, which are the
 * same without jitter; with jitter, randomness selects a point between them.
 */
public final class Backoff {

  private static final int DECORRELATED_GROWTH = 3;

  private Backoff() {}

  /**
   * Returns the delay after a failed attempt, without jitter: {@code base ·
   * multiplier^(attempt-1)}.
   *
   * @param base the delay after the first attempt
   * @param multiplier the growth of delays
   * @param max the longest delay
   * @param attempt the number of the failed attempt, from 1
   */
  public static long exponential(long base, double multiplier, long max, int attempt) {
    // Avoids zero times infinity, which is NaN.
    return base == 0 ? 0 : capped(base * Math.pow(multiplier, attempt - 1), max);
  }

  /**
   * Returns the longest delay that jitter may select after a failed attempt.
   *
   * @param jitter the kind of jitter
   * @param base the delay after the first attempt
   * @param multiplier the growth of delays
   * @param max the longest delay
   * @param attempt the number of the failed attempt, from 1
   * @param previous the delay before that attempt, or 0
   */
  public static long ceiling(
      Jitter jitter, long base, double multiplier, long max, int attempt, long previous) {
    if (jitter != Jitter.DECORRELATED || base == 0) {
      return exponential(base, multiplier, max, attempt);
    }
    return capped((double) Math.max(base, previous) * DECORRELATED_GROWTH, max);
  }

  /**
   * Returns the shortest delay that jitter may select.
   *
   * @param jitter the kind of jitter
   * @param base the delay after the first attempt
   * @param ceiling the longest delay that jitter may select
   */
  public static long floor(Jitter jitter, long base, long ceiling) {
    return switch (jitter) {
      case NONE -> ceiling;
      case FULL -> 0;
      case EQUAL -> ceiling / 2;
      case DECORRELATED -> base;
    };
  }

  /**
   * Returns the first attempt that cannot begin before a deadline, even if attempts take no time
   * and jitter selects the shortest delays; null if all can.
   *
   * @param jitter the kind of jitter
   * @param base the delay after the first attempt
   * @param multiplier the growth of delays
   * @param max the longest delay
   * @param retries how many retries there are
   * @param deadline the time limit of the call
   */
  public static @Nullable Unreachable firstBeyond(
      Jitter jitter, long base, double multiplier, long max, int retries, long deadline) {
    double delays = 0;
    for (int attempt = 1; attempt <= retries; attempt++) {
      delays += floor(jitter, base, exponential(base, multiplier, max, attempt));
      if (delays >= deadline) {
        return new Unreachable(attempt + 1, Math.round(delays));
      }
    }
    return null;
  }

  /**
   * An attempt that cannot begin before a deadline.
   *
   * @param attempt its number
   * @param delays the shortest time that the delays before it take
   */
  public record Unreachable(int attempt, long delays) {}

  /** Also maps infinity to {@code max}. */
  private static long capped(double delay, long max) {
    return delay < max ? Math.round(delay) : max;
  }
}
