package dev.llmretry.benchmarks.soak;

import dev.llmretry.FailureKind;

/** What the delegate does in one attempt. */
enum Fault {
  /** Returns. */
  NONE(null),
  /** Returns what the check rejects. */
  REJECTED(null),
  /** Fails, and asks for no wait. */
  OVERLOADED(FailureKind.OVERLOADED),
  /** Fails, and asks for a short wait. */
  RATE_LIMITED(FailureKind.RATE_LIMITED),
  /** Fails, and asks for a longer wait than is allowed. */
  CLOSED_FOR_TODAY(FailureKind.RATE_LIMITED),
  /** Fails for good. */
  UNAUTHORIZED(FailureKind.UNAUTHORIZED),
  /** Does not end before its token or future is cancelled, or its thread interrupted. */
  STALLED(FailureKind.TIMEOUT);

  private final FailureKind kind;

  Fault(FailureKind kind) {
    this.kind = kind;
  }

  /** Returns the kind of its exception; null if it returns. */
  FailureKind kind() {
    return kind;
  }

  /** Returns whether the same client is called again, if attempts and time are left. */
  boolean isRetried() {
    return this == OVERLOADED || this == RATE_LIMITED || this == REJECTED;
  }

  /** Returns whether the provider asks for a pause. */
  boolean isPushback() {
    return kind == FailureKind.RATE_LIMITED;
  }

  /**
   * How often faults occur, in ten thousand attempts.
   *
   * @param stalled of attempts that are timed, or that a hedge can replace
   */
  record Odds(
      int overloaded,
      int rateLimited,
      int closedForToday,
      int unauthorized,
      int stalled,
      int rejected) {

    static final int OF = 10_000;

    /** Returns the fault at a place between 0 and {@link #OF}. */
    Fault at(int place) {
      int[] sizes = {overloaded, rateLimited, closedForToday, unauthorized, stalled, rejected};
      Fault[] faults = {
        OVERLOADED, RATE_LIMITED, CLOSED_FOR_TODAY, UNAUTHORIZED, STALLED, REJECTED
      };
      int end = 0;
      for (int i = 0; i < sizes.length; i++) {
        end += sizes[i];
        if (place < end) {
          return faults[i];
        }
      }
      return NONE;
    }
  }
}
