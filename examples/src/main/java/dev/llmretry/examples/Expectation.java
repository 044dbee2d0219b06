package dev.llmretry.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a call should end.
 *
 * @param ending as {@link Outcome#ending}
 * @param attempts how many attempts it should take, each of them one request to the provider
 * @param leastWait how long it should wait in all, at the least
 * @param mostWait and at the most
 * @param delivered as {@link Outcome#delivered}
 */
record Expectation(
    String ending, int attempts, Duration leastWait, Duration mostWait, String delivered) {

  /** No machine is so busy that a wait ends later than this. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  static Expectation answer(int attempts) {
    return new Expectation(Outcome.ANSWER, attempts, Duration.ZERO, Duration.ZERO, "");
  }

  static Expectation thrown(Class<? extends Exception> type, int attempts) {
    return new Expectation(Outcome.endingOf(type), attempts, Duration.ZERO, Duration.ZERO, "");
  }

  /** Returns the same expectation, with so many milliseconds of waiting. */
  Expectation waiting(long millis) {
    return waiting(millis, millis);
  }

  Expectation waiting(long leastMillis, long mostMillis) {
    return new Expectation(
        ending, attempts, Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis), delivered);
  }

  /** Returns the same expectation, with these pieces of an answer. */
  Expectation delivering(String pieces) {
    return new Expectation(ending, attempts, leastWait, mostWait, pieces);
  }

  /** Returns what is wrong with {@code outcome}, nothing if it is as it should be. */
  List<String> complaintsAbout(Outcome outcome) {
    List<String> complaints = new ArrayList<>();
    if (!outcome.ending().equals(ending)) {
      complaints.add("ended with " + outcome.ending() + " instead of " + ending);
    }
    if (outcome.attempts() != attempts) {
      complaints.add("took " + outcome.attempts() + " attempts instead of " + attempts);
    }
    if (outcome.requests() != outcome.attempts()) {
      complaints.add("sent " + outcome.requests() + " requests in that many attempts");
    }
    if (outcome.waited().compareTo(leastWait) < 0) {
      complaints.add("waited less than " + Text.seconds(leastWait));
    }
    if (outcome.waited().compareTo(mostWait.plus(SLACK)) > 0) {
      complaints.add("waited more than " + Text.seconds(mostWait));
    }
    if (!outcome.delivered().equals(delivered)) {
      complaints.add("delivered \"" + outcome.delivered() + "\" instead of \"" + delivered + "\"");
    }
    return complaints;
  }
}
