package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.runtime.internal.util.Closeables;
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

  private final transient @Nullable Object resource;

  private final transient @Nullable RetryPolicy policy;

  /**
   * Creates an exception. Called by the runtime.
   *
   * @param policy has the check
   * @param rejection why the result was rejected
   * @param result the result
   */
  public RejectedResultException(RetryPolicy policy, Rejection rejection, @Nullable Object result) {
    this(policy, rejection, result, result);
  }

  /**
   * Creates an exception. Called by the runtime.
   *
   * @param policy has the check
   * @param rejection why the result was rejected
   * @param result the result
   * @param resource what the result reads from, to be closed with it
   */
  public RejectedResultException(
      RetryPolicy policy, Rejection rejection, @Nullable Object result, @Nullable Object resource) {
    super(
        policy.name() + " returned a result that was rejected: " + rejection.reason(),
        null,
        true,
        false);
    this.rejection = rejection;
    this.result = result;
    this.resource = resource;
    this.policy = policy;
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

  /**
   * {@return whether the check of a call rejected the result} An attempt may also fail with the
   * rejection of another call on which it depends; then it has no result.
   *
   * @param settings the settings of the call
   */
  public boolean isOf(RetryPolicy settings) {
    return policy != null && policy.isVariantOf(settings);
  }

  /**
   * Closes the result, or what it reads from, if it is an {@link AutoCloseable}. Called by the
   * runtime if the caller does not receive the result. If that fails, it is logged.
   */
  public void discard() {
    if (resource instanceof AutoCloseable closeable) {
      Closeables.closeLogging(closeable, "A rejected result failed to close");
    }
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
