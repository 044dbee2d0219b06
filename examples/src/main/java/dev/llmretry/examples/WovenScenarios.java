package dev.llmretry.examples;

import static dev.llmretry.examples.Call.SIMILARITY;
import static dev.llmretry.examples.Expectation.answer;
import static dev.llmretry.examples.Expectation.thrown;
import static dev.llmretry.examples.provider.Replies.overloaded;
import static dev.llmretry.examples.provider.Replies.unauthorized;

import dev.llmretry.examples.client.UnauthorizedException;
import java.util.List;

/** The scenarios of the demo that call a class whose retries have been woven in. */
final class WovenScenarios {

  private WovenScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "similarity: HTTP 529 once",
            "No interface, no wrapper: AspectJ has woven the retries into TextComparison.",
            SIMILARITY,
            answer(2).waiting(100),
            overloaded()),
        Scenario.of(
            "similarity: HTTP 401, a wrong key",
            "The rules are the same. One attempt.",
            SIMILARITY,
            thrown(UnauthorizedException.class, 1),
            unauthorized()));
  }
}
