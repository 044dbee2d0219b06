package dev.llmretry.conformance;

/** The kinds of drivers for which cases may end differently. */
public enum InvocationStyle {
  /** A method that returns when it is done. */
  BLOCKING,
  /** A method that returns when it is done, and emits elements to a callback before that. */
  CONSUMER,
  /** A method that returns a future which is complete already, if the attempt ends at once. */
  READY_FUTURE,
  /** A method that returns a future which completes later. */
  LATE_FUTURE,
  /** A method that returns a publisher of one element, or reports it to a callback. */
  PUBLISHER
}
