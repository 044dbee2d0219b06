package dev.llmretry.runtime;

/** Why a call ended with an error or a rejected result. */
public enum GiveUpReason {
  /** The kind of the failure, or the class of the error, is not retried. */
  NOT_RETRYABLE("it is not retryable"),
  /** A nested retry exhausted its attempts on this error during this attempt. */
  ALREADY_RETRIED("a nested retry has already retried it"),
  /** Elements of the stream have been emitted, which a retry would repeat. */
  ELEMENTS_DELIVERED("elements of the stream have been delivered"),
  /**
   * Retries are switched off, for the {@linkplain RetryRuntime.Builder#enabled runtime} or for the
   * {@linkplain RetryPolicy.Builder#enabled policy}.
   */
  DISABLED("retries are disabled"),
  /** The last attempt's result was rejected by its check, and is returned. */
  RESULT_REJECTED("its last result was rejected"),
  /** The maximum number of attempts was made. */
  ATTEMPTS_EXHAUSTED("no attempts are left"),
  /** The provider asked for a longer delay than {@code maxRetryAfter}. */
  RETRY_AFTER_TOO_LONG("the provider asks for a longer delay than allowed"),
  /**
   * The {@linkplain Upstream retry budget} is exhausted: most calls of the method fail. Or all
   * {@link Routes} that the call may take are closed.
   */
  BUDGET_EXHAUSTED("the retry budget is exhausted"),
  /**
   * The call has waited for its turn at its {@link Upstream} for too long, or too many calls wait
   * already. It throws the error of its last attempt; before the first, {@link HeldBackException},
   * as it does for each reason not to admit it.
   */
  HELD_BACK("the upstream did not admit it in time"),
  /** The next attempt could not begin before the deadline. */
  DEADLINE("the deadline would pass before the next attempt"),
  /**
   * The call was cancelled by a token, its future or its subscription, or its subscriber or
   * callback failed.
   */
  CANCELLED("the call was cancelled"),
  /** The thread was interrupted before or during a delay, or while it waited for the upstream. */
  INTERRUPTED("the thread was interrupted"),
  /** The executor or the clock rejected the next step. */
  EXECUTOR_REJECTED("the executor rejected the next attempt");

  private final String text;

  GiveUpReason(String text) {
    this.text = text;
  }

  /** {@return a description for logs, such as {@code no attempts are left}} */
  public String description() {
    return text;
  }
}
