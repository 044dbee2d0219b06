package dev.llmretry.examples;

import java.time.Duration;

/**
 * How a call did end.
 *
 * @param ending {@link #ANSWER}, or the name of the exception, less the word "Exception"
 * @param attempts how many attempts the wrapper made
 * @param requests how many requests the provider saw
 * @param waited how long the wrapper waited in all
 * @param delivered what the caller was handed piece by piece, one after the other
 */
record Outcome(String ending, int attempts, int requests, Duration waited, String delivered) {

  static final String ANSWER = "answer";

  /** Makes an outcome of a call whose answer comes in one piece. */
  Outcome(String ending, int attempts, int requests, Duration waited) {
    this(ending, attempts, requests, waited, "");
  }

  static String endingOf(Class<? extends Exception> type) {
    return type.getSimpleName().replaceFirst("Exception$", "");
  }
}
