package dev.llmretry.runtime;

/**
 * Hears what becomes of retried calls, for metrics and logs. Called on the thread of the call or of
 * the attempt; what a listener throws is logged and changes nothing. Must be safe for use by
 * several threads.
 */
public interface RetryListener {

  /**
   * An attempt failed, and another will follow after {@link FailedAttempt#delay}.
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
   * A call ends with an error. An {@link Error} from an attempt passes unseen.
   *
   * @param report how it came to this
   * @param thrown what the caller gets
   */
  default void onGiveUp(RetryReport report, Throwable thrown) {}
}
