package dev.llmretry;

/**
 * The kind of a failed call to a language-model provider. It determines whether the call is
 * retried.
 *
 * <p>The first six kinds are retried by default, since the next attempt may succeed; the others are
 * permanent and not retried. Unrecognised failures are {@link #UNKNOWN}.
 */
public enum FailureKind {
  /** Too many requests or tokens in the current window. Most providers state when to retry. */
  RATE_LIMITED(true),
  /** The provider has no capacity at the moment (HTTP 503, 529, {@code overloaded_error}). */
  OVERLOADED(true),
  /** Any other failure of the provider (HTTP 500, 502, most other 5xx; 409, 424, 425, 499). */
  SERVER(true),
  /** No response in time: a connect, read, request or attempt time-out (HTTP 408, 504, 524). */
  TIMEOUT(true),
  /** The connection could not be established, or was lost. */
  NETWORK(true),
  /**
   * What the model generated is unusable: a {@link ResultCheck} rejected the result, or the
   * provider did, as Groq does with {@code tool_use_failed}.
   */
  INVALID_OUTPUT(true),
  /** The account's money, credits or daily quota are used up; waiting seconds does not help. */
  QUOTA_EXHAUSTED(false),
  /** The API key is missing or wrong. */
  UNAUTHORIZED(false),
  /** The API key is valid, but lacks a permission. */
  FORBIDDEN(false),
  /** No such model, deployment or endpoint. */
  NOT_FOUND(false),
  /** The request is malformed or has an invalid parameter. */
  INVALID_REQUEST(false),
  /** The request does not fit the model's context window, or can never fit the token limit. */
  CONTEXT_LENGTH(false),
  /** A content filter or safety system refused the prompt or the response. */
  CONTENT_FILTERED(false),
  /** The model or endpoint does not support a requested feature (also HTTP 501 and 505). */
  UNSUPPORTED(false),
  /** The call was cancelled or interrupted. Never retried, regardless of the settings. */
  CANCELLED(false),
  /** An unrecognised failure. */
  UNKNOWN(false);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /**
   * {@return whether failures of this kind are retried by default} {@link LlmRetry#retryOn}, {@link
   * LlmRetry#abortOn}, {@link LlmRetry#retryOnKinds} and {@link LlmRetry#abortOnKinds} override it.
   */
  public boolean isRetryable() {
    return retryable;
  }
}
