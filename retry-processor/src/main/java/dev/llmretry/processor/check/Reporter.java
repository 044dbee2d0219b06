package dev.llmretry.processor.check;

import dev.llmretry.processor.model.Position;

/** Takes diagnostics. */
@FunctionalInterface
public interface Reporter {

  /** Reports {@code diagnostic} at a place in the source. */
  void report(Diagnostic diagnostic, Position at, Object... arguments);
}
