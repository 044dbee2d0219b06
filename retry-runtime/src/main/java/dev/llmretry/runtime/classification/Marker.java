package dev.llmretry.runtime.classification;

import dev.llmretry.FailureKind;

/**
 * What an error code or an error type means.
 *
 * @param reason the marker's name, for logs: ours, never the text that the provider sent
 */
record Marker(FailureKind kind, Force force, String reason) {

  /** How much a marker counts against message, {@code x-should-retry} and status. */
  enum Force {
    /** It says all: nothing else is looked at. */
    DEFINITE,
    /** A message or {@code x-should-retry} may say more; the status may not. */
    OPEN,
    /** It says no more than the status, and so counts only where no status tells the kind. */
    VAGUE
  }

  boolean has(Force other) {
    return force == other;
  }
}
