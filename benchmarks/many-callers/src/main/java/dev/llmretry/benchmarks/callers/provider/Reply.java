package dev.llmretry.benchmarks.callers.provider;

/**
 * A response.
 *
 * @param status the HTTP status, or {@link #SILENCE}
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

  /** None: the request is accepted, and nothing follows. */
  public static final int SILENCE = 0;

  /** Returns an answer that takes some seconds. */
  public static Reply answer(double delay) {
    return new Reply(OK, delay, Double.NaN);
  }

  static Reply rateLimited(double retryAfter) {
    return new Reply(RATE_LIMITED, 0, retryAfter);
  }

  /** Returns the error of a server that is down. */
  public static Reply unavailable() {
    return new Reply(UNAVAILABLE, 0, Double.NaN);
  }

  /** Returns what a server does that hangs. */
  public static Reply silence() {
    return new Reply(SILENCE, Double.POSITIVE_INFINITY, Double.NaN);
  }
}
