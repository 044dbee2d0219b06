package dev.llmretry.runtime;

/** Why a call ended with an error. */
public enum GiveUpReason {
  /** The failure is of a kind, or the error of a class, that is not retried. */
  NOT_RETRYABLE("it is not retryable"),
  /** A retry further inside gave up on this error during this attempt. */
  ALREADY_RETRIED("a nested retry has already retried it"),
  /** The caller has received elements of the stream, which a retry would repeat. */
  ELEMENTS_DELIVERED("elements of the stream have been delivered"),
  /** All attempts were made. */
  ATTEMPTS_EXHAUSTED("no attempts are left"),
  /** The provider asked for a longer wait than the settings allow. */
  RETRY_AFTER_TOO_LONG("the provider asks for a longer wait than allowed"),
  /** The next attempt could not begin before the deadline. */
  DEADLINE("the deadline would pass before the next attempt"),
  /**
   * The call was cancelled, by a token, its future or its subscription, or its subscriber or
   * callback failed.
   */
  CANCELLED("the call was cancelled"),
  /** The thread was interrupted while it waited. */
  INTERRUPTED("the thread was interrupted"),
  /** The executor or the clock rejected the next step. */
  EXECUTOR_REJECTED("the executor rejected the next attempt");

  private final String text;

  GiveUpReason(String text) {
    this.text = text;
  }

  /** {@return the reason in words, such as {@code no attempts are left}} */
  public String description() {
    return text;
  }
}
