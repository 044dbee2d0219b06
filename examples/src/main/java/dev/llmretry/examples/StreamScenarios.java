package dev.llmretry.examples;

import static dev.llmretry.examples.Call.ASYNC;
import static dev.llmretry.examples.Call.PUBLISH;
import static dev.llmretry.examples.Call.STREAM;
import static dev.llmretry.examples.Expectation.answer;
import static dev.llmretry.examples.Expectation.thrown;
import static dev.llmretry.examples.provider.Replies.failureAfter;
import static dev.llmretry.examples.provider.Replies.overloaded;
import static dev.llmretry.examples.provider.Replies.overloadedInStream;
import static dev.llmretry.examples.provider.Replies.rateLimited;
import static dev.llmretry.examples.provider.Replies.unavailable;

import dev.llmretry.examples.client.ServerException;
import dev.llmretry.runtime.CancelledException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The scenarios of the demo whose answers come in pieces, or later. */
final class StreamScenarios {

  private static final String WHOLE =
      "assistant: You said: Name the days of the week, Monday to Sunday.";
  private static final String TEN_TOKENS =
      "assistant: You said: Name the days of the week, Monday to ";

  private StreamScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "stream: HTTP 200, then overloaded",
            "The role came, then an error. Nobody notices: one answer, one role.",
            STREAM,
            answer(2).waiting(100).delivering(WHOLE),
            overloadedInStream()),
        Scenario.of(
            "stream: HTTP 529, then an answer",
            "The stream does not even begin, the first time.",
            STREAM,
            answer(2).waiting(100).delivering(WHOLE),
            overloaded()),
        Scenario.of(
            "stream: fails after ten tokens",
            "Too late to begin anew: the caller has those ten, once, and then the error.",
            STREAM,
            thrown(ServerException.class, 1).delivering(TEN_TOKENS),
            failureAfter(10)),
        Scenario.of(
                "stream: cancelled while it waits",
                "The provider asks for 20 s; after 0.3 s the caller cancels its token.",
                STREAM,
                thrown(CancelledException.class, 1).waiting(0, 300),
                rateLimited().with("Retry-After", "20"))
            .cancelledAfter(Duration.ofMillis(300)),
        Scenario.of(
            "completeAsync: HTTP 503 twice",
            "No thread waits, neither for the provider nor for the next attempt.",
            ASYNC,
            answer(3).waiting(300),
            unavailable(),
            unavailable()),
        Scenario.of(
                "completeAsync: future.cancel(true)",
                "While it waits. No further request; what the future throws is its own, not ours.",
                ASYNC,
                thrown(CancellationException.class, 1).waiting(0, 300),
                rateLimited().with("Retry-After", "20"))
            .cancelledAfter(Duration.ofMillis(300)),
        Scenario.of(
            "publish: HTTP 503, then overloaded",
            "A Flow.Publisher, retried until its first token. No thread waits here either.",
            PUBLISH,
            answer(3).waiting(300).delivering(WHOLE),
            unavailable(),
            overloadedInStream()));
  }
}
