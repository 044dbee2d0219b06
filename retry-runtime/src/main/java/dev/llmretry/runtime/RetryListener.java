package dev.llmretry.runtime;

/**
 * Hears what becomes of retried calls, for metrics and logs. Called on the thread that brings the
 * news, be it that of the call, of an attempt, or of whoever cancels, and must not block it. What a
 * listener throws is logged and changes nothing. Must be safe for use by several threads.
 */
public interface RetryListener {

  /**
   * An attempt failed, and another is to follow after {@link FailedAttempt#delay}, unless the call
   * is cancelled or out of time by then.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempt what failed, with a delay
   */
  default void onRetry(String method, FailedAttempt attempt) {}

  /**
   * A call returned a result.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempts how many it took, from 1
   */
  default void onSuccess(String method, int attempts) {}

  /**
   * A call ends with an error. An {@link Error} that the method itself throws passes unseen.
   *
   * @param report how it came to this
   * @param thrown what the caller gets
   */
  default void onGiveUp(RetryReport report, Throwable thrown) {}
}
