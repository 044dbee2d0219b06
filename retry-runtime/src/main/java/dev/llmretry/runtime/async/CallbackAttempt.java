package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** What one attempt's callback brings what it hears to. Safe for use by any thread. */
public final class CallbackAttempt {

  private final RetryPolicy policy;
  private final StreamCall.Attempt<Runnable> attempt;

  CallbackAttempt(RetryPolicy policy, StreamCall.Attempt<Runnable> attempt) {
    this.policy = policy;
    this.attempt = attempt;
  }

  /** {@return the attempt's own token, which is cancelled when the attempt is given up} */
  public CancellationToken token() {
    return attempt.token();
  }

  /**
   * Holds back what announces the stream until an element of content has arrived.
   *
   * @param delivery tells the caller's callback
   */
  public void announcement(Runnable delivery) {
    attempt.next(delivery, true);
  }

  /**
   * Hands on an element; holds it back if it is preamble and nothing has been handed on.
   *
   * @param element the element, for the policy to tell whether it is preamble
   * @param delivery tells the caller's callback
   */
  public void element(@Nullable Object element, Runnable delivery) {
    attempt.next(delivery, policy.isPreamble(element));
  }

  /**
   * Hands on the end.
   *
   * @param delivery tells the caller's callback
   */
  public void completed(Runnable delivery) {
    attempt.completed(delivery);
  }

  /**
   * Takes an error, which may be followed by another attempt.
   *
   * @param error what the attempt failed with; null, which is against the rules, is an error too
   */
  public void failed(@Nullable Throwable error) {
    attempt.failed(
        error == null ? new NullPointerException("the callback was handed no error") : error);
  }
}
