package dev.llmretry.conformance;

import static dev.llmretry.conformance.RetryCases.add;
import static dev.llmretry.conformance.RetryCases.asking;
import static dev.llmretry.conformance.RetryCases.cancelledAfter;
import static dev.llmretry.conformance.RetryCases.server;
import static dev.llmretry.conformance.RetryCases.standard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.HeldBackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls that wait for their upstream. What several calls do to one another has tests of its own.
 */
final class UpstreamCases {

  private UpstreamCases() {}

  static List<RetryCase> all() {
    List<RetryCase> cases = new ArrayList<>();
    waits(cases);
    refusals(cases);
    cancellation(cases);
    nestedCalls(cases);
    loneCallers(cases);
    return cases;
  }

  private static Consumer<TestEnvironment> pausedFor(long millis) {
    return environment -> environment.upstream.pushback(Duration.ofMillis(millis));
  }

  private static Consumer<Throwable> heldBackFor(long millis) {
    return error -> {
      assertThat(error).isInstanceOf(HeldBackException.class).hasMessageContaining("test");
      var heldBack = (HeldBackException) error;
      assertThat(heldBack.kind()).isEqualTo(FailureKind.RATE_LIMITED);
      assertThat(heldBack.retryAfter()).isEqualTo(millis == 0 ? null : Duration.ofMillis(millis));
    };
  }

  private static void waits(List<RetryCase> cases) {
    add(cases, "a call waits until the pause of its upstream is over", standard())
        .given(pausedFor(1_000))
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1)
        .takes(1_000)
        .waitsForUpstream("RATE_LIMIT 1000");
    add(cases, "a pause that is prolonged is waited for", standard())
        .given(
            environment -> {
              pausedFor(1_000).accept(environment);
              environment.at(900, () -> pausedFor(600).accept(environment));
            })
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1)
        .takes(1_500)
        .waitsForUpstream("RATE_LIMIT 1500");
    add(cases, "a reset ends the wait", standard())
        .given(
            environment -> {
              pausedFor(1_000).accept(environment);
              environment.at(300, environment.upstream::reset);
            })
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1)
        .takes(300)
        .waitsForUpstream("RATE_LIMIT 300");
    add(
            cases,
            "a wait for the upstream uses up no retry, and changes no delay of a lone call",
            standard().max(1))
        .given(pausedFor(1_000))
        .script(Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(1_100)
        .waitsForUpstream("RATE_LIMIT 1000");
    add(cases, "a pause that begins during an attempt is waited for before the next", standard())
        .script(
            (environment, token) -> {
              pausedFor(5_000).accept(environment);
              throw server();
            },
            Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(5_000)
        .waitsForUpstream("RATE_LIMIT 4900");
    add(
            cases,
            "the attempt time-out does not run while a call waits for the upstream",
            standard().attemptTimeoutMs(200))
        .given(pausedFor(1_000))
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1)
        .takes(1_000)
        .waitsForUpstream("RATE_LIMIT 1000");
  }

  private static void refusals(List<RetryCase> cases) {
    add(
            cases,
            "a pause that does not end before the deadline is not waited for",
            standard().deadlineMs(1_000))
        .given(pausedFor(1_000))
        .throwing(heldBackFor(1_000), GiveUpReason.DEADLINE)
        .calls(0);
    add(
            cases,
            "a pause that is longer than maxRetryAfter is not waited for",
            standard().maxRetryAfterMs(999))
        .given(pausedFor(1_000))
        .throwing(heldBackFor(1_000), GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(0);
    add(
            cases,
            "the deadline ends the wait for an upstream whose pause is prolonged",
            standard().deadlineMs(1_500))
        .given(
            environment -> {
              pausedFor(1_000).accept(environment);
              environment.at(900, () -> pausedFor(2_100).accept(environment));
            })
        .throwing(heldBackFor(1_500), GiveUpReason.DEADLINE)
        .calls(0)
        .takes(1_500)
        .waitsForUpstream("RATE_LIMIT 1500");
    add(cases, "the maximum wait of the upstream ends the wait", standard().unlimitedRetryAfter())
        .given(pausedFor(100_000))
        .throwing(heldBackFor(40_000), GiveUpReason.HELD_BACK)
        .calls(0)
        .takes(60_000)
        .waitsForUpstream("RATE_LIMIT 60000");
    ProviderError before = server();
    add(
            cases,
            "a retry that cannot begin before the deadline ends the call with its last error",
            standard().deadlineMs(2_000))
        .script(
            (environment, token) -> {
              pausedFor(5_000).accept(environment);
              throw before;
            })
        .throwsSame(before, GiveUpReason.DEADLINE)
        .calls(1)
        .waits(100);
  }

  private static void cancellation(List<RetryCase> cases) {
    add(cases, "a cancellation ends the wait for the upstream", standard())
        .given(
            environment -> {
              pausedFor(1_000).accept(environment);
              environment.at(400, environment.call::cancel);
            })
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(0)
        .takes(400)
        .waitsForUpstream("RATE_LIMIT 400");
    add(cases, "a cancellation by the runtime's token ends the wait for the upstream", standard())
        .given(
            environment -> {
              pausedFor(1_000).accept(environment);
              environment.at(400, environment.application::cancel);
            })
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(0)
        .takes(400)
        .waitsForUpstream("RATE_LIMIT 400");
    ProviderError failure = server();
    add(cases, "a cancellation ends the wait of a retry for the upstream", standard())
        .given(environment -> environment.at(400, environment.call::cancel))
        .script(
            (environment, token) -> {
              pausedFor(5_000).accept(environment);
              throw failure;
            })
        .throwing(cancelledAfter(failure), GiveUpReason.CANCELLED)
        .calls(1)
        .waits(100)
        .takes(400)
        .waitsForUpstream("RATE_LIMIT 300");
    add(cases, "an interrupt ends the wait for the upstream", standard())
        .given(
            environment -> {
              pausedFor(1_000).accept(environment);
              Thread caller = Thread.currentThread();
              environment.at(50, caller::interrupt);
            })
        .throwing(cancelledAfter(null), GiveUpReason.INTERRUPTED)
        .calls(0)
        .takes(50)
        .leavesInterrupted()
        .only(RetryCases.WAITS_ON_THREAD, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER)
        .waitsForUpstream("RATE_LIMIT 50");
  }

  /** A call within an attempt waits for its own upstream, and is cut off by the time-out. */
  private static void nestedCalls(List<RetryCase> cases) {
    Settings settings = standard().attemptTimeoutMs(50);
    add(cases, "an attempt that is cut off while an inner call waits is no time-out", settings)
        .given(environment -> environment.innerUpstream.pushback(Duration.ofMillis(300)))
        .script(new InnerCall(false))
        .returns("ok")
        .calls(2)
        .waits(250)
        .takes(300)
        .afterwards(UpstreamCases::isHeldBackOnce)
        .only(
            RetryCases.IS_THE_ATTEMPT,
            InvocationStyle.BLOCKING,
            InvocationStyle.CONSUMER,
            InvocationStyle.READY_FUTURE);
    add(cases, "nor if the inner call is cancelled by the token of the attempt", settings)
        .given(environment -> environment.innerUpstream.pushback(Duration.ofMillis(300)))
        .script(new InnerCall(true))
        .returns("ok")
        .calls(2)
        .waits(250)
        .takes(300)
        .afterwards(UpstreamCases::isHeldBackOnce)
        .needsAttemptToken();
    add(
            cases,
            "the error of an attempt that is cut off while an inner call waits is that of the wait",
            Settings.defaults().max(0).attemptTimeoutMs(50))
        .given(environment -> environment.innerUpstream.pushback(Duration.ofMillis(300)))
        .script(new InnerCall(true))
        .throwing(
            error ->
                assertThat(error)
                    .isInstanceOf(HeldBackException.class)
                    .hasMessage("inner was held back by Upstream[inner]: the call was cancelled")
                    .extracting(heldBack -> ((HeldBackException) heldBack).retryAfter())
                    .isEqualTo(Duration.ofMillis(250)),
            GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(1)
        .takes(50)
        .needsAttemptToken();
  }

  private static void isHeldBackOnce(TestEnvironment environment) {
    assertThat(environment.events).containsExactly("retry 1 RATE_LIMITED", "success 2");
    assertThat(environment.upstream.state().closedFor()).isZero();
    assertThat(environment.innerUpstream.state().waiting()).isZero();
  }

  /** The schedule of a call that shares its upstream with nobody is that of its settings. */
  private static void loneCallers(List<RetryCase> cases) {
    ProviderError last = new ProviderError(FailureKind.RATE_LIMITED);
    add(cases, "rate limits without a hint are retried after the call's own delays", standard())
        .script(
            Step.fails(new ProviderError(FailureKind.RATE_LIMITED)),
            Step.fails(new ProviderError(FailureKind.RATE_LIMITED)),
            Step.fails(new ProviderError(FailureKind.RATE_LIMITED)),
            Step.fails(last))
        .throwsSame(last, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400);
    ProviderError third = asking(Duration.ofSeconds(1));
    add(cases, "hints are followed exactly, though each was too short", standard().max(2))
        .script(
            Step.fails(asking(Duration.ofSeconds(1))),
            Step.fails(asking(Duration.ofSeconds(1))),
            Step.fails(third))
        .throwsSame(third, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(3)
        .waits(1_000, 1_000);
    add(cases, "a constant back-off remains constant", standard().multiplier(1))
        .script(
            Step.fails(new ProviderError(FailureKind.RATE_LIMITED)),
            Step.fails(new ProviderError(FailureKind.RATE_LIMITED)),
            Step.fails(new ProviderError(FailureKind.RATE_LIMITED)),
            Step.returns("ok"))
        .returns("ok")
        .calls(4)
        .waits(100, 100, 100);
  }
}
