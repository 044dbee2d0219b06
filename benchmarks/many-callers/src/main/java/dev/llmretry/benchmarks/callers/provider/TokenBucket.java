package dev.llmretry.benchmarks.callers.provider;

/**
 * A limit of requests per second, which is full at first. Refused requests take a token as well, as
 * OpenAI documents for its limits, but the bucket never lacks more than it can hold.
 */
final class TokenBucket {

  private final double perSecond;
  private final double burst;
  private double level;
  private double filledAt;

  TokenBucket(double perSecond, double burst) {
    this.perSecond = perSecond;
    this.burst = burst;
    level = burst;
  }

  /** Counts a request; returns 0 if it is accepted, else the seconds until one would be. */
  double request(double now) {
    level = Math.min(burst, level + (now - filledAt) * perSecond);
    filledAt = now;
    if (level >= 1) {
      level--;
      return 0;
    }
    level = Math.max(level - 1, -burst);
    return (1 - level) / perSecond;
  }
}
