package dev.llmretry.runtime;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a retried call that was cancelled before an attempt, while it waited for the next, or
 * in an attempt, which a call that blocks a thread waits for; or that was interrupted while it
 * waited and cannot throw {@link InterruptedException}; the thread's interrupt flag is set in that
 * case.
 */
public final class CancelledException extends CancellationException {

  private static final long serialVersionUID = 1;

  /**
   * Makes an exception for a call of which no attempt has failed.
   *
   * @param message which call was cancelled, and when
   */
  public CancelledException(String message) {
    super(message);
  }

  /**
   * Makes an exception whose cause is what the last attempt threw.
   *
   * @param message which call was cancelled, and when
   * @param lastFailure what the last attempt threw
   */
  public CancelledException(String message, Throwable lastFailure) {
    super(message);
    initCause(lastFailure);
  }

  /** {@return what the last attempt threw, or null if none has failed: the same as the cause} */
  public @Nullable Throwable lastFailure() {
    return getCause();
  }
}
