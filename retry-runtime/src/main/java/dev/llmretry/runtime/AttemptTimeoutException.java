package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.internal.util.SerializableErrors;

/**
 * Thrown when the last attempt timed out and responded to that with an {@link InterruptedException}
 * or a cancellation, which is the cause.
 *
 * <p>In serialized form, a cause or suppressed exception that cannot be serialized is replaced by a
 * copy of its text and stack trace.
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

  /** For serialization. */
  private AttemptTimeoutException(AttemptTimeoutException original) {
    super(original.getMessage(), SerializableErrors.serializable(original.getCause()));
  }

  /**
   * Serializes a copy, in place of causes that cannot be serialized.
   *
   * @return the copy
   */
  private Object writeReplace() {
    return SerializableErrors.withDetailsOf(this, new AttemptTimeoutException(this));
  }
}
