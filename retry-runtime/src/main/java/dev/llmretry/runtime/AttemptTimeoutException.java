package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/**
 * Thrown when the last attempt ran out of time and answered its interruption with an {@link
 * InterruptedException} or a cancellation, which nobody but the time-out had asked for. That is the
 * cause.
 */
public final class AttemptTimeoutException extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  AttemptTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns {@link FailureKind#TIMEOUT}, whatever the cause looks like. */
  @Override
  public FailureKind kind() {
    return FailureKind.TIMEOUT;
  }
}
