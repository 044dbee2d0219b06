package dev.llmretry.examples;

import static dev.llmretry.examples.Call.COMPLETE;
import static dev.llmretry.examples.Call.EMBED;
import static dev.llmretry.examples.Expectation.answer;
import static dev.llmretry.examples.Expectation.thrown;
import static dev.llmretry.examples.provider.Replies.contextLengthExceeded;
import static dev.llmretry.examples.provider.Replies.drop;
import static dev.llmretry.examples.provider.Replies.overloaded;
import static dev.llmretry.examples.provider.Replies.quotaExceeded;
import static dev.llmretry.examples.provider.Replies.rateLimited;
import static dev.llmretry.examples.provider.Replies.silence;
import static dev.llmretry.examples.provider.Replies.stall;
import static dev.llmretry.examples.provider.Replies.unauthorized;
import static dev.llmretry.examples.provider.Replies.unavailable;

import dev.llmretry.examples.client.ContextLengthException;
import dev.llmretry.examples.client.QuotaExceededException;
import dev.llmretry.examples.client.RateLimitException;
import dev.llmretry.examples.client.ServerException;
import dev.llmretry.examples.client.UnauthorizedException;
import dev.llmretry.runtime.CancelledException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios of the demo. */
final class Scenarios {

  private static final String RETRY_AFTER = "Retry-After";

  private Scenarios() {}

  static List<Scenario> all() {
    return Stream.of(
            blocking(),
            CheckScenarios.all(),
            FallbackScenarios.all(),
            StreamScenarios.all(),
            WovenScenarios.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Scenario> blocking() {
    return List.of(
        Scenario.of(
            "an answer at once",
            "The wrapper does nothing but pass the call on.",
            COMPLETE,
            answer(1)),
        Scenario.of(
            "HTTP 503 twice, then an answer",
            "Server trouble passes. The waits double: 0.1 s, 0.2 s.",
            COMPLETE,
            answer(3).waiting(300),
            unavailable(),
            unavailable()),
        Scenario.of(
            "HTTP 529, then an answer",
            "529 is in no standard; it is how some providers say that they are overloaded.",
            COMPLETE,
            answer(2).waiting(100),
            overloaded()),
        Scenario.of(
            "HTTP 429, Retry-After: 1",
            "The provider says how long to wait, and gets what it asks for.",
            COMPLETE,
            answer(2).waiting(1_000),
            rateLimited().with(RETRY_AFTER, "1")),
        Scenario.of(
            "HTTP 429, retry-after-ms: 250",
            "Another spelling of the same. Nothing in the client deals with either.",
            COMPLETE,
            answer(2).waiting(250),
            rateLimited().with("retry-after-ms", "250")),
        Scenario.of(
            "the connection breaks",
            "Reset in the middle of the answer; the client throws what java.net.http threw.",
            COMPLETE,
            answer(2).waiting(100),
            drop()),
        Scenario.of(
            "silence",
            "Not a byte comes back. The HTTP client's own time-out (1 s here) ends the attempt.",
            COMPLETE,
            answer(2).waiting(100),
            silence()),
        Scenario.of(
            "embed: the answer stalls halfway",
            "The HTTP client would wait for ever. attemptTimeoutMs = 2_000 does not.",
            EMBED,
            answer(2).waiting(25, 50),
            stall()),
        Scenario.of(
            "embed: HTTP 503, then an answer",
            "Its waits have jitter: somewhere between half and all of 0.05 s.",
            EMBED,
            answer(2).waiting(25, 50),
            unavailable()),
        Scenario.of(
            "HTTP 401, a wrong key",
            "A wrong key stays wrong. One attempt.",
            COMPLETE,
            thrown(UnauthorizedException.class, 1),
            unauthorized()),
        Scenario.of(
            "HTTP 400 context_length_exceeded",
            "The conversation is too long, also the second time. One attempt.",
            COMPLETE,
            thrown(ContextLengthException.class, 1),
            contextLengthExceeded()),
        Scenario.of(
            "HTTP 429 insufficient_quota",
            "The same status as a rate limit, but no wait brings the money back. One attempt.",
            COMPLETE,
            thrown(QuotaExceededException.class, 1),
            quotaExceeded()),
        Scenario.of(
            "HTTP 503 for ever",
            "max = 3 means three retries. The error of the last attempt is thrown.",
            COMPLETE,
            thrown(ServerException.class, 4).waiting(700),
            unavailable(),
            unavailable(),
            unavailable(),
            unavailable()),
        Scenario.of(
            "HTTP 429, Retry-After: 3600",
            "Nobody wants to hang for an hour. Above maxRetryAfterMs (60 s unless set): no wait.",
            COMPLETE,
            thrown(RateLimitException.class, 1),
            rateLimited().with(RETRY_AFTER, "3600")),
        Scenario.of(
            "HTTP 429, Retry-After: 45",
            "Allowed, but deadlineMs = 30_000 would pass first. So the wait is not begun.",
            COMPLETE,
            thrown(RateLimitException.class, 1),
            rateLimited().with(RETRY_AFTER, "45")),
        Scenario.of(
                "cancelled while it waits",
                "The provider asks for 20 s; after 0.3 s the caller cancels its token.",
                COMPLETE,
                thrown(CancelledException.class, 1).waiting(0, 300),
                rateLimited().with(RETRY_AFTER, "20"))
            .cancelledAfter(Duration.ofMillis(300)));
  }
}
