package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/**
 * Thrown when the last attempt timed out and responded to that with an {@link InterruptedException}
 * or a cancellation, which is the cause.
 */
public final class AttemptTimeoutException extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the method and the attempt that timed out
   * @param cause the exception that the attempt threw
   */
  public AttemptTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns {@link FailureKind#TIMEOUT}. */
  @Override
  public FailureKind kind() {
    return FailureKind.TIMEOUT;
  }
}
