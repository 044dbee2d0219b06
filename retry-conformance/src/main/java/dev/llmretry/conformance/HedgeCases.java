package dev.llmretry.conformance;

import static dev.llmretry.conformance.RetryCases.asking;
import static dev.llmretry.conformance.RetryCases.server;
import static dev.llmretry.conformance.RetryCases.standard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls whose slow attempts are hedged after 100 ms. */
final class HedgeCases {

  private static final Step SLOW = Step.stalls(10_000, "slow");
  private static final List<String> AB = List.of("a", "b");

  private HedgeCases() {}

  static List<RetryCase> all() {
    List<RetryCase> cases = new ArrayList<>();
    successes(cases);
    failures(cases);
    delays(cases);
    checks(cases);
    limits(cases);
    upstreams(cases);
    routes(cases);
    return cases;
  }

  private static RetryCase add(List<RetryCase> cases, String name, Settings settings) {
    return RetryCases.add(cases, name, settings)
        .only(
            "a call that blocks its thread cannot make two attempts at once",
            InvocationStyle.LATE_FUTURE,
            InvocationStyle.PUBLISHER);
  }

  private static Settings hedged() {
    return standard().hedgeAfterMs(100);
  }

  /** Takes some time, unless the attempt is cancelled. */
  private static Step after(long millis, Step then) {
    return new Stall(Stall.EndedBy.NOTHING, millis, then);
  }

  private static void successes(List<RetryCase> cases) {
    add(cases, "an attempt that is in time is not hedged", hedged())
        .script(Step.stalls(99, "ok"))
        .returns("ok")
        .calls(1)
        .takes(99);
    add(cases, "a slow attempt loses to its hedge", hedged())
        .script(SLOW, Step.stalls(30, "ok"))
        .returns("ok")
        .calls(2)
        .takes(130)
        .logs("started 1", "started 1 hedge", "ended 1 CANCELLED", WON, "success 1 hedge");
    add(cases, "a slow attempt that is faster than its hedge wins", hedged())
        .script(Step.stalls(129, "ok"), Step.stalls(30, "hedge"))
        .returns("ok")
        .calls(2)
        .takes(129)
        .logs("started 1", "started 1 hedge", LOST, "ended 1 result", "success 1");
    add(cases, "of two results at the same time, the first counts", hedged())
        .script(Step.stalls(130, "ok"), Step.stalls(30, "hedge"))
        .returns("ok")
        .calls(2)
        .takes(130)
        .logs("started 1", "started 1 hedge", LOST, "ended 1 result", "success 1");
    add(cases, "there is one hedge for each attempt", hedged())
        .script(Step.stalls(500, "ok"), SLOW)
        .returns("ok")
        .calls(2)
        .takes(500)
        .logs("started 1", "started 1 hedge", LOST, "ended 1 result", "success 1");
  }

  private static final String WON = "ended 1 hedge result";
  private static final String LOST = "ended 1 hedge CANCELLED";

  private static void failures(List<RetryCase> cases) {
    add(cases, "an attempt that fails before it is hedged is retried as usual", hedged())
        .script(after(50, Step.fails(server())), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(150);
    add(cases, "when an attempt fails, its hedge goes on", hedged())
        .script(after(120, Step.fails(server())), Step.stalls(50, "ok"))
        .returns("ok")
        .calls(2)
        .takes(150)
        .logs("started 1", "started 1 hedge", "ended 1 SERVER", WON, "success 1 hedge");
    add(cases, "when a hedge fails, its attempt goes on", hedged())
        .script(Step.stalls(200, "ok"), Step.fails(server()))
        .returns("ok")
        .calls(2)
        .takes(200)
        .logs(
            "started 1", "started 1 hedge", "ended 1 hedge SERVER", "ended 1 result", "success 1");
    add(cases, "a failure that is not retryable does not end the attempt beside it", hedged())
        .script(after(120, Step.fails(of(FailureKind.UNAUTHORIZED))), Step.stalls(50, "ok"))
        .returns("ok")
        .calls(2)
        .takes(150)
        .logs("started 1", "started 1 hedge", "ended 1 UNAUTHORIZED", WON, "success 1 hedge");
    ProviderError later = server();
    add(cases, "when both fail, the later failure is that of the attempt", hedged().max(1))
        .script(
            after(120, Step.fails(of(FailureKind.OVERLOADED))),
            after(50, Step.fails(server())),
            Step.fails(later))
        .throwsSame(later, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(3)
        .waits(100)
        .takes(250)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 OVERLOADED",
            "ended 1 hedge SERVER",
            "retry 1 hedge",
            "started 2",
            "ended 2 SERVER",
            "give up 2");
    add(cases, "the trace of a call shows its hedges", hedged().max(1))
        .script(
            after(120, Step.fails(of(FailureKind.OVERLOADED))),
            after(50, Step.fails(server())),
            Step.fails(later))
        .throwing(
            error ->
                assertThat(RetryTrace.find(error).report().failures())
                    .extracting(FailedAttempt::number, FailedAttempt::hedge)
                    .asString()
                    .isEqualTo("[(1, false), (1, true), (2, false)]"),
            GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(3)
        .waits(100)
        .takes(250)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 OVERLOADED",
            "ended 1 hedge SERVER",
            "retry 1 hedge",
            "started 2",
            "ended 2 SERVER",
            "give up 2");
  }

  private static void delays(List<RetryCase> cases) {
    add(
            cases,
            "a failure beside an attempt that goes on does not change the delays",
            hedged().jitter(Jitter.DECORRELATED))
        .script(
            Step.fails(server()),
            after(150, Step.fails(server())),
            Step.fails(server()),
            Step.returns("ok"))
        .returns("ok")
        .calls(4)
        .waits(200, 350)
        .takes(700)
        .logs(
            "started 1",
            "ended 1 SERVER",
            "retry 1",
            "started 2",
            "started 2 hedge",
            "ended 2 hedge SERVER",
            "ended 2 SERVER",
            "retry 2",
            "started 3",
            "ended 3 result",
            "success 3");
  }

  private static ProviderError of(FailureKind kind) {
    return new ProviderError(kind);
  }

  private static void checks(List<RetryCase> cases) {
    add(cases, "a rejected result does not win", CheckCases.checked().hedgeAfterMs(100))
        .script(Step.stalls(120, AnswerCheck.INVALID), Step.stalls(50, "ok"))
        .returns("ok")
        .calls(2)
        .takes(150)
        .logs("started 1", "started 1 hedge", "ended 1 INVALID_OUTPUT", WON, "success 1 hedge");
    add(cases, "two rejected results are one failure", CheckCases.checked().hedgeAfterMs(100))
        .script(
            Step.stalls(160, AnswerCheck.INVALID),
            Step.stalls(50, AnswerCheck.FILTERED),
            Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(100)
        .takes(260)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 hedge CONTENT_FILTERED",
            "ended 1 INVALID_OUTPUT",
            "retry 1",
            "started 2",
            "ended 2 result",
            "success 2");
    add(
            cases,
            "the later of two rejected results is returned",
            CheckCases.checked().max(0).hedgeAfterMs(100))
        .script(Step.stalls(120, AnswerCheck.FILTERED), Step.stalls(50, AnswerCheck.INVALID))
        .returnsRejected(AnswerCheck.INVALID)
        .calls(2)
        .takes(150)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 CONTENT_FILTERED",
            "ended 1 hedge INVALID_OUTPUT",
            "give up 1 hedge");
  }

  private static void limits(List<RetryCase> cases) {
    add(cases, "each of two attempts has its own time limit", hedged().attemptTimeoutMs(300))
        .script(SLOW, Step.stalls(250, "ok"))
        .returns("ok")
        .calls(2)
        .takes(350)
        .logs("started 1", "started 1 hedge", "ended 1 TIMEOUT", WON, "success 1 hedge");
    add(cases, "two attempts that time out are one failure", hedged().attemptTimeoutMs(300))
        .script(SLOW, SLOW, Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(100)
        .takes(500)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 TIMEOUT",
            "ended 1 hedge TIMEOUT",
            "retry 1 hedge",
            "started 2",
            "ended 2 result",
            "success 2");
    add(cases, "the deadline ends both attempts", hedged().deadlineMs(300))
        .script(SLOW)
        .throwing(
            error -> assertThat(error).isInstanceOf(AttemptTimeoutException.class),
            GiveUpReason.DEADLINE)
        .calls(2)
        .takes(300)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 TIMEOUT",
            "ended 1 hedge TIMEOUT",
            "give up 1 hedge");
    Consumer<Throwable> cancelled =
        error -> assertThat(error).isInstanceOf(CancelledException.class);
    String[] bothCancelled = {
      "started 1", "started 1 hedge", LOST, "ended 1 CANCELLED", "give up 1"
    };
    add(cases, "a cancellation ends both attempts", hedged())
        .given(environment -> environment.at(200, environment.call::cancel))
        .script(SLOW)
        .throwing(cancelled, GiveUpReason.CANCELLED)
        .calls(2)
        .takes(200)
        .logs(bothCancelled);
    add(cases, "a cancellation by the runtime's token ends both attempts", hedged())
        .given(environment -> environment.at(200, environment.application::cancel))
        .script(SLOW)
        .throwing(cancelled, GiveUpReason.CANCELLED)
        .calls(2)
        .takes(200)
        .logs(bothCancelled);
    add(cases, "a call that was cancelled is not hedged", hedged())
        .given(environment -> environment.at(99, environment.call::cancel))
        .script(SLOW)
        .throwing(cancelled, GiveUpReason.CANCELLED)
        .calls(1)
        .takes(99);
  }

  private static Consumer<TestEnvironment> paused(long millis) {
    return environment ->
        environment.at(50, () -> environment.upstream.pushback(Duration.ofMillis(millis)));
  }

  private static void upstreams(List<RetryCase> cases) {
    add(cases, "nothing is hedged while the upstream is closed", hedged())
        .given(paused(1_000))
        .script(Step.stalls(500, "ok"))
        .returns("ok")
        .calls(1)
        .takes(500);
    add(cases, "nothing is hedged while attempts begin at a rate", hedged())
        .given(paused(10))
        .script(Step.stalls(500, "ok"))
        .returns("ok")
        .calls(1)
        .takes(500);
    add(cases, "a hedge that is pushed back closes the upstream", hedged())
        .script(Step.stalls(500, "ok"), Step.fails(asking(Duration.ofSeconds(7))))
        .returns("ok")
        .calls(2)
        .takes(500)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 hedge RATE_LIMITED",
            "ended 1 result",
            "success 1")
        .afterwards(
            environment ->
                assertThat(environment.upstream.state().closedFor())
                    .isEqualTo(Duration.ofMillis(6_600)));
    add(cases, "a hedge costs nothing of what retries need", hedged())
        .script(SLOW, Step.stalls(30, "ok"))
        .returns("ok")
        .calls(2)
        .takes(130)
        .logs("started 1", "started 1 hedge", "ended 1 CANCELLED", WON, "success 1 hedge")
        .afterwards(environment -> assertThat(budget(environment)).isEqualTo(1));
    add(cases, "a retry is hedged, too, and gives back what it does without a hedge", hedged())
        .script(Step.fails(server()), SLOW, Step.stalls(30, "ok"))
        .returns("ok")
        .calls(3)
        .waits(100)
        .takes(230)
        .logs(
            "started 1",
            "ended 1 SERVER",
            "retry 1",
            "started 2",
            "started 2 hedge",
            "ended 2 CANCELLED",
            "ended 2 hedge result",
            "success 2 hedge")
        .afterwards(environment -> assertThat(budget(environment)).isEqualTo(1));
  }

  private static double budget(TestEnvironment environment) {
    return environment.upstream.state().budget();
  }

  private static void routes(List<RetryCase> cases) {
    add(cases, "a hedge takes the next route", hedged())
        .routes(AB, "a", "b")
        .script(SLOW, Step.stalls(30, "ok"))
        .returns("ok")
        .calls(2)
        .takes(130)
        .logs("started 1", "started 1 hedge", "ended 1 CANCELLED", WON, "success 1 hedge")
        .afterwards(
            environment -> assertThat(environment.routes.get("a").state().budget()).isEqualTo(1));
    add(cases, "a hedge takes the same route if the others are limited", hedged())
        .routes(AB, "a", "a")
        .given(environment -> environment.routes.get("b").pushback(Duration.ofSeconds(9)))
        .script(SLOW, Step.stalls(30, "ok"))
        .returns("ok")
        .calls(2)
        .takes(130)
        .logs("started 1", "started 1 hedge", "ended 1 CANCELLED", WON, "success 1 hedge");
    add(cases, "when the routes of an attempt and its hedge have failed, a third is next", hedged())
        .routes(List.of("a", "b", "c"), "a", "b", "c")
        .script(
            after(150, Step.fails(server())), after(20, Step.fails(server())), Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(0)
        .takes(150)
        .logs(
            "started 1",
            "started 1 hedge",
            "ended 1 hedge SERVER",
            "ended 1 SERVER",
            "retry 1",
            "started 2",
            "ended 2 result",
            "success 2")
        .afterwards(
            environment -> {
              assertThat(environment.routes.get("a").state().budget()).isEqualTo(0.9);
              assertThat(environment.routes.get("b").state().budget()).isEqualTo(0.9);
            });
  }
}
