package dev.llmretry;

/**
 * What went wrong with a call to a language-model provider, as far as a retry is concerned.
 *
 * <p>The first five kinds pass by themselves and are retried; the others do not, and are not. What
 * is not known is not retried.
 */
public enum FailureKind {
  /**
   * Too many requests or tokens in the current window; the provider often says how long to wait.
   */
  RATE_LIMITED(true),
  /** The provider has no capacity at the moment (HTTP 503, 529, {@code overloaded_error}). */
  OVERLOADED(true),
  /** The provider failed otherwise (HTTP 500, 502, most other 5xx; 409, 424, 425). */
  SERVER(true),
  /** No answer in time: a connect, read, request or attempt time-out (HTTP 408, 504, 524). */
  TIMEOUT(true),
  /** The connection could not be made or broke. */
  NETWORK(true),
  /** The account's money, credits or daily quota are used up; waiting seconds does not help. */
  QUOTA_EXHAUSTED(false),
  /** The API key is missing or wrong. */
  UNAUTHORIZED(false),
  /** The key is known but may not do this. */
  FORBIDDEN(false),
  /** No such model, deployment or endpoint. */
  NOT_FOUND(false),
  /** The provider cannot accept the request as it is. */
  INVALID_REQUEST(false),
  /** The request does not fit the model's context window, or can never fit the token limit. */
  CONTEXT_LENGTH(false),
  /** A content filter or safety system refused the prompt or the answer. */
  CONTENT_FILTERED(false),
  /** The model or endpoint does not have the feature that was asked for (HTTP 501, 505 too). */
  UNSUPPORTED(false),
  /** Somebody cancelled or interrupted the call. Never retried, whatever the settings say. */
  CANCELLED(false),
  /** Nothing that anybody recognised. */
  UNKNOWN(false);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /**
   * {@return whether a failure of this kind is retried unless a method's own rules say otherwise}
   */
  public boolean isRetryable() {
    return retryable;
  }
}
