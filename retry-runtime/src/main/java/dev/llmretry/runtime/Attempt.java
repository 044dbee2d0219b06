package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.execution.UntimedAttempt;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a retried call: its token, its number, the identifier of the call, and the failure
 * of the attempt before.
 *
 * <pre>{@code
 * Answer answer =
 *     Retry.call(policy, token, attempt -> client.ask(question, attempt.callId(), attempt.token()));
 * }</pre>
 *
 * <p>A method of an annotated interface may have a parameter of this type: the wrapper passes each
 * attempt its own. Callers pass {@link #first()} or {@link #first(CancellationToken)}; so the
 * method can also be called without the wrapper.
 *
 * <p>Instances are safe for use by several threads. Applications do not implement this interface:
 * methods may be added to it.
 */
public interface Attempt {

  /**
   * {@return the first attempt of a call that is not cancelled}
   *
   * <p>For callers of a method that has a parameter of this type.
   */
  static Attempt first() {
    return first(CancellationToken.none());
  }

  /**
   * {@return the first attempt of a call}
   *
   * <p>For callers of a method that has a parameter of this type.
   *
   * @param token cancels the call
   */
  static Attempt first(CancellationToken token) {
    return new UntimedAttempt(Objects.requireNonNull(token, "token"), null, null);
  }

  /**
   * {@return the attempt's own token} It is cancelled when the call is cancelled, and when the
   * attempt times out or is abandoned.
   */
  CancellationToken token();

  /** {@return which attempt of the call this is, from 1} */
  int number();

  /**
   * {@return whether this is a hedge: a second attempt, with the same number, beside one that is
   * slow} See {@link RetryPolicy.Builder#hedgeAfter}.
   */
  boolean isHedge();

  /**
   * {@return an identifier of the call, the same for all of its attempts} A random UUID, created on
   * first use; suitable as an idempotency key. Each retried call has its own: a wrapper that is
   * passed an attempt takes its token, and makes an identifier of its own.
   */
  String callId();

  /**
   * {@return the request for this attempt: what the policy's {@linkplain RetryPolicy.Builder#revise
   * reviser} makes of {@code request}, called once for each failed attempt before this one, the
   * oldest first} {@code request} itself for the first attempt, or without a reviser. Of more than
   * 33 failed attempts, only the first and the last 32 count.
   *
   * @param <Q> the request
   * @param request the request of the first attempt
   */
  <Q extends @Nullable Object> Q revise(Q request);

  /** {@return the name of the {@linkplain Route route} that it takes; null if there are none} */
  @Nullable String route();

  /** {@return the attempt before this one, which failed; null for the first attempt} */
  @Nullable FailedAttempt lastFailure();
}
