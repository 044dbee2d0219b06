package dev.llmretry;

/** What to do with an error that an inner retry has given up on during this very attempt. */
public enum Nested {
  /**
   * Do not retry it again: nested retries add. What was given up on is known where the error
   * arrives on the same thread, or by a future of ours or one derived from it; past another thread
   * or future, the numbers of attempts multiply.
   */
  ONCE,
  /** Retry it as any other error. The numbers of attempts of the two levels multiply. */
  RETRY
}
