package dev.llmretry.examples;

import static dev.llmretry.examples.Call.FALLBACK;
import static dev.llmretry.examples.Expectation.answer;
import static dev.llmretry.examples.Expectation.thrown;
import static dev.llmretry.examples.provider.Replies.contextLengthExceeded;
import static dev.llmretry.examples.provider.Replies.quotaExceeded;
import static dev.llmretry.examples.provider.Replies.rateLimited;
import static dev.llmretry.examples.provider.Replies.unavailable;

import dev.llmretry.examples.client.ContextLengthException;
import java.util.List;

/** The scenarios of the demo in which a second provider answers. */
final class FallbackScenarios {

  private FallbackScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "fallback: HTTP 503 from the first provider",
            "There is another one. So nothing is waited for: the next attempt is made there.",
            FALLBACK,
            answer(2),
            unavailable()),
        Scenario.of(
            "fallback: HTTP 429, Retry-After: 20",
            "A short wait is waited for; a long one moves the call on.",
            FALLBACK,
            answer(2),
            rateLimited().with("Retry-After", "20")),
        Scenario.of(
            "fallback: HTTP 429 insufficient_quota",
            "What no retry can change at one provider, another one can.",
            FALLBACK,
            answer(2),
            quotaExceeded()),
        Scenario.of(
            "fallback: HTTP 503 from both, then an answer",
            "With no provider left, the call waits as usual, and begins again with the first.",
            FALLBACK,
            answer(3).waiting(200),
            unavailable(),
            unavailable()),
        Scenario.of(
            "fallback: HTTP 400 context_length_exceeded",
            "The request is at fault, and no provider is asked again; fallbackOnKinds could change that.",
            FALLBACK,
            thrown(ContextLengthException.class, 1),
            contextLengthExceeded()));
  }
}
