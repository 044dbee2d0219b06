package dev.llmretry.benchmarks.callers.provider;

/**
 * A response.
 *
 * @param status the HTTP status
 * @param delay after how many seconds it is sent
 * @param retryAfter after how many seconds the client should come back, or NaN
 */
public record Reply(int status, double delay, double retryAfter) {

  /** An answer. */
  public static final int OK = 200;

  /** A refusal of a request that exceeds a limit. */
  public static final int RATE_LIMITED = 429;

  /** An error of a server that is down. */
  public static final int UNAVAILABLE = 503;

  /** Returns an answer that takes some seconds. */
  public static Reply answer(double delay) {
    return new Reply(OK, delay, Double.NaN);
  }

  static Reply rateLimited(double retryAfter) {
    return new Reply(RATE_LIMITED, 0, retryAfter);
  }

  static Reply unavailable() {
    return new Reply(UNAVAILABLE, 0, Double.NaN);
  }
}
