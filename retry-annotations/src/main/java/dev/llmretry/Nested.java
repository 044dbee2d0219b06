package dev.llmretry;

/** What to do with an error that an inner retry has given up on during this very attempt. */
public enum Nested {
  /** Do not retry it again: nested retries add, they never multiply. */
  ONCE,
  /** Retry it as any other error. The numbers of attempts of the two levels multiply. */
  RETRY
}
