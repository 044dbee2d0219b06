package dev.llmretry;

/** How much of a pulled stream is retried. */
public enum StreamRetry {
  /** The call that returns the stream. Errors while it is read are not retried. */
  OPENING,
  /**
   * The call and reading up to the first element of content, which happens before the method
   * returns. For providers that report an overload inside a stream that began with HTTP 200.
   *
   * <p>With an {@linkplain LlmRetry#attemptTimeoutMs attempt time-out} or a deadline, the attempt's
   * token no longer depends on the caller's once that element has been read: cancelling has no
   * effect then. Close the stream to end it.
   */
  UNTIL_FIRST_ELEMENT
}
