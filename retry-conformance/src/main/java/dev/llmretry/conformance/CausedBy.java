package dev.llmretry.conformance;

import java.util.function.Function;

/** An error with a given cause, which may be itself. */
final class CausedBy extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Function<CausedBy, Throwable> cause;

  CausedBy(Function<CausedBy, Throwable> cause) {
    this.cause = cause;
  }

  /** Returns an error with an endless chain of causes. */
  static CausedBy endlessly() {
    return new CausedBy(error -> endlessly());
  }

  @Override
  public synchronized Throwable getCause() {
    return cause.apply(this);
  }
}
