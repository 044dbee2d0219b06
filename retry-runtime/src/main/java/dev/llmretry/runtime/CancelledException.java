package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.util.SerializableErrors;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a retried call that was cancelled before an attempt, during a delay, or during an
 * attempt. A blocking call throws it after the attempt in flight has failed with a retryable
 * failure.
 *
 * <p>Also thrown, with the thread's interrupt flag set, by a blocking call that was interrupted
 * during a delay, if the method does not declare {@link InterruptedException}.
 *
 * <p>In serialized form, a cause or suppressed exception that cannot be serialized is replaced by a
 * copy of its text and stack trace.
 */
public final class CancelledException extends CancellationException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception for a call without a failed attempt.
   *
   * @param message the method, and when it was cancelled
   */
  public CancelledException(String message) {
    super(message);
  }

  /**
   * Creates an exception whose cause is the error of the last attempt.
   *
   * @param message the method, and when it was cancelled
   * @param lastFailure the error of the last attempt
   */
  public CancelledException(String message, Throwable lastFailure) {
    super(message);
    initCause(lastFailure);
  }

  /**
   * {@return the error of the last attempt, which is also the cause; null if no attempt has failed}
   */
  public @Nullable Throwable lastFailure() {
    return getCause();
  }

  /** For serialization. */
  private CancelledException(CancelledException original) {
    super(original.getMessage());
    if (original.getCause() != null) {
      initCause(SerializableErrors.serializable(original.getCause()));
    }
  }

  /**
   * Serializes a copy, in place of causes that cannot be serialized.
   *
   * @return the copy
   */
  private Object writeReplace() {
    return SerializableErrors.withDetailsOf(this, new CancelledException(this));
  }
}
