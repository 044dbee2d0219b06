package dev.llmretry.benchmarks.soak;

import dev.llmretry.FailureKind;

/** What the delegate does in one attempt. */
enum Fault {
  /** Returns. */
  NONE(null),
  /** Fails, and asks for no wait. */
  OVERLOADED(FailureKind.OVERLOADED),
  /** Fails, and asks for a short wait. */
  RATE_LIMITED(FailureKind.RATE_LIMITED),
  /** Fails, and asks for a longer wait than is allowed. */
  CLOSED_FOR_TODAY(FailureKind.RATE_LIMITED),
  /** Fails for good. */
  UNAUTHORIZED(FailureKind.UNAUTHORIZED),
  /** Does not end before its token is cancelled, or its thread interrupted, or its future. */
  STALLED(FailureKind.TIMEOUT);

  private final FailureKind kind;

  Fault(FailureKind kind) {
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }

  /** Returns whether another attempt follows, if there is one left and time for it. */
  boolean passes() {
    return this == OVERLOADED || this == RATE_LIMITED;
  }
}
