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
   * Makes an exception.
   *
   * @param message which attempt of which method timed out
   * @param cause what the attempt threw
   */
  public AttemptTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns {@link FailureKind#TIMEOUT}, whatever the cause looks like. */
  @Override
  public FailureKind kind() {
    return FailureKind.TIMEOUT;
  }
}
