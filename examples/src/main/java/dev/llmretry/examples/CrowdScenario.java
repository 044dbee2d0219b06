package dev.llmretry.examples;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Many callers that call a provider at the same time, and exceed its rate limit.
 *
 * @param title how their calls are retried
 * @param lesson what to see in it
 * @param callers the number of callers, each of which makes one call
 * @param perSecond the limit, in requests per second
 * @param burst how many requests are accepted at once
 * @param retries sets how calls are retried
 * @param leastAnswers how many calls must be answered; others may be refused
 */
record CrowdScenario(
    String title,
    String lesson,
    int callers,
    double perSecond,
    int burst,
    UnaryOperator<RetryRuntime.Builder> retries,
    int leastAnswers) {

  private static final int CALLERS = 60;
  private static final int PER_SECOND = 15;

  static List<CrowdScenario> all() {
    return List.of(
        of(
            "sixty callers: no retries",
            "At most 15 requests a second, and refused ones count. # is an answer, . a refusal.",
            runtime -> runtime.enabled(false),
            1),
        of(
            "sixty callers: each retries alone",
            "Upstream.none(). All come back together, and their requests use up the limit.",
            runtime -> runtime.upstream(Upstream.none()),
            1),
        of(
            "sixty callers: with an upstream",
            "The default. After a refusal they wait for their turns, at the rate that is accepted.",
            runtime -> runtime,
            CALLERS));
  }

  private static CrowdScenario of(
      String title, String lesson, UnaryOperator<RetryRuntime.Builder> retries, int leastAnswers) {
    return new CrowdScenario(title, lesson, CALLERS, PER_SECOND, PER_SECOND, retries, leastAnswers);
  }

  /** Returns what is expected, in words. */
  String expected() {
    return leastAnswers == callers ? callers + " answers" : "some answers";
  }

  /** Returns what is wrong with {@code outcome}; nothing if it is as expected. */
  List<String> complaintsAbout(CrowdOutcome outcome) {
    List<String> complaints = new ArrayList<>();
    if (outcome.answers() < leastAnswers) {
      complaints.add(
          "answered " + outcome.answers() + " calls instead of at least " + leastAnswers);
    }
    if (outcome.answers() + outcome.refusals() != callers) {
      complaints.add("calls ended with other errors: " + outcome.otherEndings());
    }
    return complaints;
  }
}
