package dev.llmretry.conformance;

import static dev.llmretry.conformance.RetryCases.add;
import static dev.llmretry.conformance.RetryCases.asking;
import static dev.llmretry.conformance.RetryCases.server;
import static dev.llmretry.conformance.RetryCases.standard;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.GiveUpReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls with several routes. What several calls do to one another has tests of its own. */
final class RouteCases {

  private static final List<String> AB = List.of("a", "b");
  private static final List<String> ABC = List.of("a", "b", "c");

  private RouteCases() {}

  static List<RetryCase> all() {
    List<RetryCase> cases = new ArrayList<>();
    retryable(cases);
    lasting(cases);
    rateLimits(cases);
    limits(cases);
    heldBack(cases);
    return cases;
  }

  private static Consumer<TestEnvironment> paused(String route, long millis) {
    return environment -> environment.routes.get(route).pushback(Duration.ofMillis(millis));
  }

  private static ProviderError of(FailureKind kind) {
    return new ProviderError(kind);
  }

  private static void retryable(List<RetryCase> cases) {
    add(cases, "a call that succeeds takes the first route", standard())
        .routes(AB, "a")
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1);
    add(cases, "a retryable failure moves the call to the next route at once", standard())
        .routes(ABC, "a", "b", "c")
        .script(Step.fails(server()), Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(0, 0);
    add(cases, "when all routes have failed, the call backs off and begins again", standard())
        .routes(AB, "a", "b", "a", "b")
        .script(
            Step.fails(server()), Step.fails(server()), Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(4)
        .waits(0, 200, 0);
    add(cases, "a time-out moves the call to the next route", standard().attemptTimeoutMs(50))
        .routes(AB, "a", "b")
        .script(Step.stalls(1_000, "late"), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(0)
        .takes(50);
    add(cases, "a rejected result moves the call to the next route", CheckCases.checked())
        .routes(AB, "a", "b")
        .script(Step.returns(AnswerCheck.INVALID), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(0);
  }

  private static void lasting(List<RetryCase> cases) {
    for (FailureKind kind :
        List.of(
            FailureKind.UNAUTHORIZED,
            FailureKind.FORBIDDEN,
            FailureKind.QUOTA_EXHAUSTED,
            FailureKind.NOT_FOUND)) {
      add(cases, "a call does not return to a route that answered " + kind, standard())
          .routes(AB, "a", "b", "b")
          .script(Step.fails(of(kind)), Step.fails(server()), Step.returns("ok"))
          .returns("ok")
          .calls(3)
          .waits(0, 200);
    }
    ProviderError last = of(FailureKind.UNAUTHORIZED);
    add(cases, "a call that no route admits ends with the last error", standard())
        .routes(AB, "a", "b")
        .script(Step.fails(of(FailureKind.FORBIDDEN)), Step.fails(last))
        .throwsSame(last, GiveUpReason.NOT_RETRYABLE)
        .calls(2)
        .waits(0);
    ProviderError invalid = of(FailureKind.INVALID_REQUEST);
    add(cases, "an invalid request is not sent to another route", standard())
        .routes(AB, "a")
        .script(Step.fails(invalid))
        .throwsSame(invalid, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    ProviderError tooLong = of(FailureKind.CONTEXT_LENGTH);
    add(cases, "a request that is too long is not sent to another route", standard())
        .routes(AB, "a")
        .script(Step.fails(tooLong))
        .throwsSame(tooLong, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    add(cases, "a request that is too long is sent to another route if that is set", standard())
        .routes(AB, "a", "b")
        .fallbackOn(FailureKind.CONTEXT_LENGTH)
        .script(Step.fails(tooLong), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(0);
    IllegalStateException unknown = new IllegalStateException("unknown");
    add(cases, "an unknown failure is not tried on another route", standard())
        .routes(AB, "a")
        .script(Step.fails(unknown))
        .throwsSame(unknown, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
  }

  private static void rateLimits(List<RetryCase> cases) {
    add(cases, "a short pause of a route is waited for", standard())
        .routes(AB, "a", "a")
        .script(Step.fails(asking(Duration.ofSeconds(2))), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(2_000);
    add(cases, "a route that asks for a second short pause in succession is left", standard())
        .routes(AB, "a", "a", "b")
        .script(
            Step.fails(asking(Duration.ofMillis(100))),
            Step.fails(asking(Duration.ofMillis(100))),
            Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(100, 0);
    add(cases, "a route that limits without a hint is left at the second time", standard())
        .routes(AB, "a", "a", "b")
        .script(
            Step.fails(of(FailureKind.RATE_LIMITED)),
            Step.fails(of(FailureKind.RATE_LIMITED)),
            Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(100, 0);
    add(cases, "a long pause of a route moves the call to the next one", standard())
        .routes(AB, "a", "b")
        .script(Step.fails(asking(Duration.ofMillis(2_001))), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(0);
    add(cases, "a pause that is longer than maxRetryAfter does so, too", standard())
        .routes(AB, "a", "b")
        .script(Step.fails(asking(Duration.ofHours(1))), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(0);
    add(cases, "when all routes pause, the call waits for the first that goes on", standard())
        .routes(AB, "a", "b", "b")
        .script(
            Step.fails(asking(Duration.ofSeconds(9))),
            Step.fails(asking(Duration.ofSeconds(4))),
            Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(0, 200)
        .waitsForUpstream("RATE_LIMIT 3800")
        .takes(4_000);
  }

  private static void limits(List<RetryCase> cases) {
    ProviderError last = server();
    add(cases, "another route costs a retry", standard().max(1))
        .routes(ABC, "a", "b")
        .script(Step.fails(server()), Step.fails(last))
        .throwsSame(last, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(2)
        .waits(0);
    add(cases, "the deadline applies to all routes", standard().deadlineMs(150))
        .routes(AB, "a", "b")
        .script(Step.fails(server()), Step.fails(last))
        .throwsSame(last, GiveUpReason.DEADLINE)
        .calls(2)
        .waits(0);
    add(cases, "an exception that ends calls does so with several routes", aborting())
        .routes(AB, "a")
        .script(Step.fails(last))
        .throwsSame(last, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
  }

  private static Settings aborting() {
    return standard().abortOn(ProviderError.class);
  }

  private static void heldBack(List<RetryCase> cases) {
    add(cases, "a call that its first route holds back takes the next", standard())
        .routes(AB, "b")
        .given(paused("a", 10_000))
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1);
    add(cases, "a call that all routes hold back waits for the first that opens", standard())
        .routes(AB, "b")
        .given(paused("a", 10_000).andThen(paused("b", 3_000)))
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1)
        .waitsForUpstream("RATE_LIMIT 3000")
        .takes(3_000);
    add(cases, "a route that is held back is no alternative to a retry", standard())
        .routes(AB, "a", "a")
        .given(paused("b", 10_000))
        .script(Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    add(cases, "but it is waited for if the call cannot return to the other", standard())
        .routes(AB, "a", "b")
        .given(paused("b", 10_000))
        .script(Step.fails(of(FailureKind.UNAUTHORIZED)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(0)
        .waitsForUpstream("RATE_LIMIT 10000")
        .takes(10_000);
  }
}
