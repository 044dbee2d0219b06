package dev.llmretry.runtime;

/**
 * Receives the events of retried calls, for metrics and logs. The methods are called on the thread
 * on which the event occurs: the caller's, one of an attempt, or one that cancels. They must not
 * block. An exception of a listener is logged and otherwise ignored. Implementations must be safe
 * for use by several threads.
 */
public interface RetryListener {

  /**
   * An attempt failed and will be retried after {@link FailedAttempt#delay}, unless the call is
   * cancelled or its deadline passes during the delay.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempt the failed attempt, whose delay is not null
   */
  default void onRetry(String method, FailedAttempt attempt) {}

  /**
   * A call returned a result.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempts the number of attempts, from 1
   */
  default void onSuccess(String method, int attempts) {}

  /**
   * A call ends with an error. Not called for an {@link Error} that a blocking method throws.
   *
   * @param report the attempts, and why the call was not retried further
   * @param thrown the terminal error, as the caller receives it
   */
  default void onGiveUp(RetryReport report, Throwable thrown) {}
}
