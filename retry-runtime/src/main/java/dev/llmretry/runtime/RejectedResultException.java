package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The error of an attempt whose result a {@link ResultCheck} rejected, in listeners, traces and
 * {@link FailedAttempt}. It has no stack trace. A call does not end with it, but with the rejected
 * result; except a publisher or callback whose attempt has been cancelled already, because a retry
 * was to follow that could not begin in time.
 */
public final class RejectedResultException extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  /** Why the result was rejected. */
  private final Rejection rejection;

  private final transient @Nullable Object result;

  /**
   * Creates an exception. Called by the runtime.
   *
   * @param method the name of the method
   * @param rejection why the result was rejected
   * @param result the result
   */
  public RejectedResultException(String method, Rejection rejection, @Nullable Object result) {
    super(
        method + " returned a result that was rejected: " + rejection.reason(), null, true, false);
    this.rejection = rejection;
    this.result = result;
  }

  /** {@return why the result was rejected} */
  public Rejection rejection() {
    return rejection;
  }

  /**
   * {@return the rejected result} The value of a future, the element of a publisher or callback, or
   * the stream that the method returned; null if there was none, or after deserialization.
   */
  public @Nullable Object result() {
    return result;
  }

  @Override
  public FailureKind kind() {
    return rejection.kind();
  }

  @Override
  public @Nullable Duration retryAfter() {
    return rejection.retryAfter();
  }
}
