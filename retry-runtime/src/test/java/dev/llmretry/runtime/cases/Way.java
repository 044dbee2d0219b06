package dev.llmretry.runtime.cases;

/** The ways to retry, as far as cases end differently by them. */
public enum Way {
  /** A method that returns when it is done. */
  BLOCKING,
  /** A method that returns when it is done, and hands its elements to a callback before that. */
  CONSUMER,
  /**
   * A method that returns a future which is complete already, where the attempt is over at once.
   */
  READY_FUTURE,
  /** A method that returns a future which completes later. */
  LATE_FUTURE,
  /** A method that returns a publisher of one element. */
  PUBLISHER
}
