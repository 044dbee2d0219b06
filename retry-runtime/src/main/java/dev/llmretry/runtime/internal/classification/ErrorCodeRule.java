package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;

/**
 * Classifies an error code or an error type.
 *
 * @param reason the name in the table, for logs; never the text that the provider sent
 */
record ErrorCodeRule(FailureKind kind, Precedence precedence, String reason) {

  /** The precedence of a rule over message, {@code x-should-retry} and status. */
  enum Precedence {
    /** Final: message, header and status are ignored. */
    DEFINITE,
    /** A message or {@code x-should-retry} can override it; the status cannot. */
    OPEN,
    /** Used only if the status does not determine the kind. */
    VAGUE
  }

  boolean has(Precedence other) {
    return precedence == other;
  }
}
