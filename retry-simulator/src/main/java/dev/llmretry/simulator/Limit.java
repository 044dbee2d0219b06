package dev.llmretry.simulator;

import static dev.llmretry.simulator.Checks.positive;

import java.time.Duration;

/**
 * A limit that a provider enforces: a request that exceeds it is answered with HTTP 429. Immutable.
 */
public final class Limit {

  /** How a limit counts. */
  enum Kind {
    BUCKET,
    WINDOW,
    CONCURRENCY
  }

  private final Kind kind;
  private final boolean tokens;
  private final double amount;
  private final double seconds;
  private final double burst;

  private Limit(Kind kind, boolean tokens, double amount, double seconds, double burst) {
    this.kind = kind;
    this.tokens = tokens;
    this.amount = amount;
    this.seconds = seconds;
    this.burst = burst;
  }

  /**
   * {@return a token bucket that is refilled at a constant rate, and is full at first}
   *
   * @param requests the requests per minute; more than zero
   * @param burst the size of the bucket, in requests; 1 or more
   */
  public static Limit requestsPerMinute(double requests, double burst) {
    if (!(burst >= 1)) {
      throw new IllegalArgumentException("burst is " + burst + "; it must be 1 or more");
    }
    return new Limit(Kind.BUCKET, false, positive("requests", requests), 60, burst);
  }

  /**
   * {@return a token bucket for the tokens of requests, refilled at a constant rate, and full at
   * first} A request with more tokens than the bucket holds is accepted when it is full.
   *
   * @param tokens the tokens per minute; more than zero
   * @param burst the size of the bucket, in tokens; more than zero
   */
  public static Limit tokensPerMinute(double tokens, double burst) {
    return new Limit(Kind.BUCKET, true, positive("tokens", tokens), 60, positive("burst", burst));
  }

  /**
   * {@return a limit for each of consecutive windows of time}
   *
   * @param requests the requests per window; 1 or more
   * @param window the length of a window
   */
  public static Limit requestsPerWindow(int requests, Duration window) {
    return new Limit(
        Kind.WINDOW, false, positive("requests", requests), positive("window", window), requests);
  }

  /**
   * {@return a limit for the requests that are processed at the same time} The provider cannot tell
   * when the next one will be accepted, and sends no hint.
   *
   * @param requests the number of requests; 1 or more
   */
  public static Limit concurrentRequests(int requests) {
    return new Limit(Kind.CONCURRENCY, false, positive("requests", requests), 1, requests);
  }

  Kind kind() {
    return kind;
  }

  boolean ofTokens() {
    return tokens;
  }

  double perSecond() {
    return amount / seconds;
  }

  double amount() {
    return amount;
  }

  double windowSeconds() {
    return seconds;
  }

  double burst() {
    return burst;
  }

  LimitState start() {
    return switch (kind) {
      case BUCKET -> new BucketState(this);
      case WINDOW -> new WindowState(this);
      case CONCURRENCY -> new ConcurrencyState(this);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case BUCKET ->
          String.format(
              java.util.Locale.ROOT,
              "%.0f %s a minute, burst %.0f",
              amount,
              tokens ? "tokens" : "requests",
              burst);
      case WINDOW ->
          String.format(java.util.Locale.ROOT, "%.0f requests in each %.0f s", amount, seconds);
      case CONCURRENCY -> String.format(java.util.Locale.ROOT, "%.0f at once", amount);
    };
  }
}
