package dev.llmretry.examples.provider;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A limit of requests per second: a token bucket that is full at first. Refused requests take a
 * token as well, as OpenAI documents for its limits, but the bucket never lacks more than it can
 * hold. Safe for use by several threads.
 */
public final class RateLimit {

  private final double perSecond;
  private final int burst;
  private final LongSupplier nanoTime;
  private double level;
  private long filledAt;

  /**
   * Creates a limit.
   *
   * @param perSecond the requests per second; more than zero
   * @param burst the size of the bucket, in requests; 1 or more
   * @param nanoTime the clock
   */
  public RateLimit(double perSecond, int burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    level = burst;
    filledAt = nanoTime.getAsLong();
  }

  /**
   * Counts a request.
   *
   * @return zero if it is accepted, otherwise the time after which one would be, in whole
   *     milliseconds, rounded up
   */
  synchronized Duration request() {
    long now = nanoTime.getAsLong();
    level = Math.min(burst, level + (now - filledAt) / 1e9 * perSecond);
    filledAt = now;
    if (level >= 1) {
      level--;
      return Duration.ZERO;
    }
    level = Math.max(level - 1, -burst);
    return Duration.ofMillis((long) Math.ceil((1 - level) / perSecond * 1_000));
  }
}
