package dev.llmretry;

/**
 * Whether to retry an error on which a nested retry has exhausted its attempts during the current
 * attempt.
 */
public enum Nested {
  /**
   * Do not retry it again. Such an error is recognised if it arrives on the thread of the nested
   * retry, or through a future of LlmRetry or one derived from it. If the error crosses to an
   * unrelated thread or future, attempts multiply.
   */
  ONCE,
  /** Retry it like any other error. The attempts of the two levels multiply. */
  RETRY
}
