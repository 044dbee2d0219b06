package dev.llmretry.runtime.cases;

import java.util.function.Function;

/** Is caused by what it is told to be, be it itself. */
final class CausedBy extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Function<CausedBy, Throwable> cause;

  CausedBy(Function<CausedBy, Throwable> cause) {
    this.cause = cause;
  }

  /** Returns an error each of whose causes has another one. */
  static CausedBy endlessly() {
    return new CausedBy(error -> endlessly());
  }

  @Override
  public Throwable getCause() {
    return cause.apply(this);
  }
}
