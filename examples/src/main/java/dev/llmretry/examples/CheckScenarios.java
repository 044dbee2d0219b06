package dev.llmretry.examples;

import static dev.llmretry.examples.Call.JSON;
import static dev.llmretry.examples.Expectation.answer;
import static dev.llmretry.examples.provider.Replies.talkAroundJson;
import static dev.llmretry.examples.provider.Replies.unavailable;

import java.util.List;

/** The scenarios of the demo in which an answer is checked, and the request revised. */
final class CheckScenarios {

  private CheckScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "completeJson: no JSON, then JSON",
            "HTTP 200, but no JSON. The next request has that answer and the error appended.",
            JSON,
            answer(2).waiting(100),
            talkAroundJson()),
        Scenario.of(
            "completeJson: HTTP 503, then no JSON",
            "After HTTP 503 the request is sent again as it was; it is revised after the answer.",
            JSON,
            answer(3).waiting(300),
            unavailable(),
            talkAroundJson()),
        Scenario.of(
            "completeJson: never JSON",
            "max = 2. The last answer is not lost: it is returned, and the caller decides.",
            JSON,
            answer(3).waiting(300),
            talkAroundJson(),
            talkAroundJson(),
            talkAroundJson()));
  }
}
