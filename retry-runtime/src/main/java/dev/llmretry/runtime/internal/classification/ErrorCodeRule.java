package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;

/**
 * What an error code or an error type means.
 *
 * @param reason the marker's name, for logs: ours, never the text that the provider sent
 */
record ErrorCodeRule(FailureKind kind, Precedence precedence, String reason) {

  /** How much a marker counts against message, {@code x-should-retry} and status. */
  enum Precedence {
    /** It says all: nothing else is looked at. */
    DEFINITE,
    /** A message or {@code x-should-retry} may say more; the status may not. */
    OPEN,
    /** It says no more than the status, and so counts only where no status tells the kind. */
    VAGUE
  }

  boolean has(Precedence other) {
    return precedence == other;
  }
}
