package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Position;

/** Receives diagnostics. */
@FunctionalInterface
public interface Reporter {

  /** Reports a diagnostic at a position. */
  void report(Diagnostic diagnostic, Position at, Object... arguments);
}
