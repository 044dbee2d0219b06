package dev.llmretry.examples;

import java.time.Duration;

/**
 * How a call did end.
 *
 * @param ending {@link #ANSWER}, or the name of the exception, less the word "Exception"
 * @param attempts how many attempts the wrapper made
 * @param requests how many requests the provider saw
 * @param waited how long the wrapper waited in all
 */
record Outcome(String ending, int attempts, int requests, Duration waited) {

  static final String ANSWER = "answer";

  static String endingOf(Class<? extends Exception> type) {
    return type.getSimpleName().replaceFirst("Exception$", "");
  }
}
