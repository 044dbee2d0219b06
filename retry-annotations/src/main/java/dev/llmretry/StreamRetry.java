package dev.llmretry;

/** How much of a stream that its reader pulls is retried. */
public enum StreamRetry {
  /** The call that returns the stream. What goes wrong while it is read is the reader's to see. */
  OPENING,
  /**
   * The call, and the reading up to the first element of content, which is done before the method
   * returns. Providers report overload in a stream that has begun with HTTP 200.
   *
   * <p>Beside an {@linkplain LlmRetry#attemptTimeoutMs attempt time-out} or a deadline, the
   * attempt's token is cut off from the caller's once that element has been read: what then ends
   * the stream is to close it.
   */
  UNTIL_FIRST_ELEMENT
}
