package dev.llmretry.runtime;

/** Why a call ended with an error. */
public enum GiveUpReason {
  /** The failure is of a kind, or the error of a class, that is not retried. */
  NOT_RETRYABLE("it is not retryable"),
  /** An inner retry gave this error up during this very attempt. */
  RETRIED_INSIDE("it was retried inside already"),
  /** The caller has been handed elements of the stream, which a retry would repeat. */
  DELIVERED("elements of the stream have been handed on"),
  /** All attempts were made. */
  ATTEMPTS_EXHAUSTED("no attempts are left"),
  /** The provider asked for a longer wait than the settings allow. */
  RETRY_AFTER_TOO_LONG("the provider asks for a longer wait than allowed"),
  /** The next attempt could not begin before the deadline. */
  DEADLINE("the deadline would pass before the next attempt"),
  /**
   * The call was cancelled, through a token, its future or its subscription, or broken off by who
   * hears of it.
   */
  CANCELLED("the call was cancelled"),
  /** The thread was interrupted while it waited. */
  INTERRUPTED("the thread was interrupted"),
  /** The executor, or the clock, refused to go on. */
  REJECTED("the executor refused the next attempt");

  private final String text;

  GiveUpReason(String text) {
    this.text = text;
  }

  /** {@return the reason in words, such as {@code no attempts are left}} */
  public String description() {
    return text;
  }
}
