package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All cases. Each method call creates new ones, since exceptions keep the traces of earlier calls.
 */
public final class RetryCases {

  static final String ERROR_IS_NOT_CAUGHT =
      "blocking code does not catch an Error: no listener is notified, no trace is attached";

  private static final String ENDS_AT_ONCE =
      "the attempt has ended before the cancellation can end it; one in flight is ended by it";
  private static final String IN_FLIGHT =
      "a blocking attempt ends by itself only; one in flight is ended by the cancellation";
  static final String WAITS_ON_THREAD =
      "the caller's thread waits, and can be interrupted; others block no thread";
  private static final String ATTEMPT_BLOCKS =
      "a blocking attempt cannot be abandoned: its late outcome counts; others are abandoned";
  private static final String LATER_ON_EXECUTOR =
      "a blocking call makes its later attempts on the caller's thread, without the executor";
  private static final String RESULT_IS_RETURNED =
      "a late result is a result; late elements must not be emitted, as a retry would repeat them";

  static final String IS_THE_ATTEMPT =
      "without its token, the time-out ends a call on the same thread, or whose future is the attempt's";

  private RetryCases() {}

  /** Returns the cases that hold for a kind of driver. */
  public static Stream<RetryCase> of(InvocationStyle style) {
    return all().filter(each -> each.holdsFor(style)).map(each -> each.as(style));
  }

  /** Returns the cases of calls whose attempts are hedged, for the drivers that can do that. */
  public static Stream<RetryCase> hedged(InvocationStyle style) {
    return HedgeCases.all().stream().filter(each -> each.holdsFor(style)).map(e -> e.as(style));
  }

  public static Stream<RetryCase> all() {
    List<RetryCase> cases = new ArrayList<>();
    successes(cases);
    failures(cases);
    waits(cases);
    hints(cases);
    cancellation(cases);
    interruption(cases);
    deadlines(cases);
    timeouts(cases);
    rules(cases);
    nesting(cases);
    cases.addAll(CheckCases.all());
    cases.addAll(UpstreamCases.all());
    cases.addAll(RouteCases.all());
    cases.addAll(FaultyExceptionCases.all());
    return cases.stream();
  }

  static RetryCase add(List<RetryCase> cases, String name, Settings settings) {
    RetryCase added = RetryCase.of(name, settings);
    cases.add(added);
    return added;
  }

  static Settings standard() {
    return Settings.defaults().max(3).baseDelayMs(100);
  }

  static ProviderError server() {
    return new ProviderError(FailureKind.SERVER);
  }

  static ProviderError asking(Duration wait) {
    return new ProviderError(FailureKind.RATE_LIMITED, wait);
  }

  private static void successes(List<RetryCase> cases) {
    add(cases, "a first attempt that succeeds is the only one", standard())
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1);
    add(cases, "null is a result", standard()).script(Step.returns(null)).returns(null).calls(1);
    var foreign = new ForeignExecutor();
    add(cases, "later attempts have the caller's context class loader", standard())
        .given(environment -> environment.executor = foreign)
        .script(
            Step.fails(server()),
            Step.fails(server()),
            (environment, token) -> "the caller's: " + foreign.hasCallersLoader())
        .returns("the caller's: true")
        .calls(3)
        .waits(100, 200)
        .afterwards(environment -> assertThat(foreign.isRestored()).isTrue());
    add(cases, "two server errors, then success", standard())
        .script(Step.fails(server()), Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(100, 200)
        .afterwards(
            environment ->
                assertThat(environment.events)
                    .containsExactly("retry 1 SERVER", "retry 2 SERVER", "success 3"));
  }

  private static void failures(List<RetryCase> cases) {
    ProviderError unauthorized = new ProviderError(FailureKind.UNAUTHORIZED);
    add(cases, "unauthorized is not retried", standard())
        .script(Step.fails(unauthorized))
        .throwsSame(unauthorized, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    ProviderError last = server();
    add(cases, "when attempts are exhausted, the last error is thrown", standard())
        .script(Step.fails(server()), Step.fails(server()), Step.fails(server()), Step.fails(last))
        .throwsSame(last, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400);
    ProviderError always = server();
    add(cases, "the same error object each time is retried each time", standard())
        .script(Step.fails(always))
        .throwsSame(always, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400);
    IllegalStateException unknown = new IllegalStateException("what is this?");
    add(cases, "an unrecognised error is not retried", standard())
        .script(Step.fails(unknown))
        .throwsSame(unknown, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    AssertionError error = new AssertionError("an Error");
    add(cases, "an Error is never retried", standard().retryOn(Throwable.class))
        .script(
            (environment, token) -> {
              throw error;
            })
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .unreported(ERROR_IS_NOT_CAUGHT, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    IOException wrapping = new IOException(new OutOfMemoryError("not really"));
    add(
            cases,
            "an Error behind an exception is never retried",
            standard().retryOn(IOException.class))
        .script(Step.fails(wrapping))
        .throwsSame(wrapping, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    CancellationException cancellation = new CancellationException("by the delegate");
    add(cases, "a cancellation is never retried", standard().retryOn(RuntimeException.class))
        .script(Step.fails(cancellation))
        .throwsSame(cancellation, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    add(cases, "an interruption that nobody has caused is retried", standard())
        .script(Step.fails(new InterruptedIOException("by nobody")), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    add(cases, "a cancellation that the server reports is retried", standard())
        .script(Step.fails(new ServerCancelledException()), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    IOException hiding = new ProviderError(FailureKind.SERVER);
    hiding.initCause(new InterruptedException("swallowed by the client"));
    add(cases, "an interruption behind an exception of any kind is never retried", standard())
        .script(Step.fails(hiding))
        .throwsSame(hiding, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    IOException enforced = new ProviderError(FailureKind.TIMEOUT);
    enforced.initCause(new InterruptedException("as the client enforces its time-outs"));
    add(cases, "a client's time-out that is an interruption inside is retried", standard())
        .script(Step.fails(enforced), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    add(cases, "max = 1 makes two attempts", Settings.defaults().max(1).baseDelayMs(100))
        .script(Step.fails(server()), Step.fails(always), Step.returns("too late"))
        .throwsSame(always, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(2)
        .waits(100);
  }

  private static void waits(List<RetryCase> cases) {
    alwaysFailing(cases, "a delay of zero retries at once", standard().baseDelayMs(0), 0, 0, 0);
    alwaysFailing(
        cases,
        "delays do not exceed maxDelay",
        Settings.defaults().max(5).baseDelayMs(100).maxDelayMs(250),
        100,
        200,
        250,
        250,
        250);
    alwaysFailing(cases, "delays grow by the multiplier", standard().multiplier(3), 100, 300, 900);
    alwaysFailing(
        cases, "a multiplier of 1 keeps delays equal", standard().multiplier(1), 100, 100, 100);
    alwaysFailing(
        cases,
        "a delay of zero does not grow, whatever the multiplier",
        standard().baseDelayMs(0).multiplier(1e300),
        0,
        0,
        0);
    alwaysFailing(
        cases, "full jitter, random number 0.5", standard().jitter(Jitter.FULL), 50, 100, 200);
    alwaysFailing(
        cases, "equal jitter, random number 0.5", standard().jitter(Jitter.EQUAL), 75, 150, 300);
    alwaysFailing(
        cases,
        "decorrelated jitter, random number 0.5",
        standard().jitter(Jitter.DECORRELATED),
        200,
        350,
        575);
  }

  private static void alwaysFailing(
      List<RetryCase> cases, String name, Settings settings, long... waits) {
    ProviderError error = server();
    add(cases, name, settings)
        .script(Step.fails(error))
        .throwsSame(error, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(waits.length + 1)
        .waits(waits);
  }

  private static void hints(List<RetryCase> cases) {
    hinted(cases, "a retry-after of 1 s is a delay of 1 s", standard(), 1_000, 1_000);
    hinted(cases, "a retry-after may be below back-off", standard(), 20, 20);
    hinted(cases, "a retry-after may exceed maxDelay", standard().maxDelayMs(200), 5_000, 5_000);
    hinted(cases, "a retry-after equal to maxRetryAfter is kept", standard(), 60_000, 60_000);
    hinted(cases, "jitter is added to a retry-after", standard().jitter(Jitter.FULL), 1_000, 1_050);
    hinted(
        cases,
        "jitter does not raise a retry-after above maxRetryAfter",
        standard().jitter(Jitter.FULL).maxRetryAfterMs(1_020),
        1_000,
        1_020);
    hinted(
        cases,
        "an unlimited retry-after may be a day",
        standard().unlimitedRetryAfter(),
        86_400_000,
        86_400_000);
    ProviderError tooLong = asking(Duration.ofMillis(60_001));
    add(cases, "a retry-after above maxRetryAfter ends the call", standard())
        .script(Step.fails(tooLong))
        .throwsSame(tooLong, GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(1);
    ProviderError ages = asking(Duration.ofSeconds(Long.MAX_VALUE));
    add(cases, "the longest possible retry-after ends the call", standard())
        .script(Step.fails(ages))
        .throwsSame(ages, GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(1);
    add(cases, "a retry-after of zero is ignored", standard())
        .script(Step.fails(asking(Duration.ZERO)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    ProviderError quota = new ProviderError(FailureKind.QUOTA_EXHAUSTED, Duration.ofSeconds(1));
    add(cases, "a retry-after does not make a failure retryable", standard())
        .script(Step.fails(quota))
        .throwsSame(quota, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    IOException wrapper = new IOException(asking(Duration.ofSeconds(2)));
    add(
            cases,
            "a retry-after is found in a cause of an error that a rule retries",
            standard().retryOn(IOException.class))
        .script(Step.fails(wrapper), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(2_000);
  }

  private static void hinted(
      List<RetryCase> cases, String name, Settings settings, long asked, long waited) {
    add(cases, name, settings)
        .script(Step.fails(asking(Duration.ofMillis(asked))), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(waited);
  }

  private static void cancellation(List<RetryCase> cases) {
    add(cases, "a call cancelled before its first attempt makes none", standard())
        .given(environment -> environment.call.cancel())
        .script(Step.returns("never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(0);
    add(
            cases,
            "a call cancelled by the runtime's token before its first attempt makes none",
            standard())
        .given(environment -> environment.application.cancel())
        .script(Step.returns("never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(0);
    ProviderError failure = server();
    add(cases, "a cancellation ends the delay", standard())
        .given(environment -> environment.at(50, environment.call::cancel))
        .script(Step.fails(failure))
        .throwing(cancelledAfter(failure), GiveUpReason.CANCELLED)
        .calls(1)
        .waits(100)
        .takes(50);
    ProviderError other = server();
    add(cases, "a cancellation by the runtime's token ends the delay", standard())
        .given(environment -> environment.at(250, environment.application::cancel))
        .script(Step.fails(server()), Step.fails(other))
        .throwing(cancelledAfter(other), GiveUpReason.CANCELLED)
        .calls(2)
        .waits(100, 200)
        .takes(250);
    ProviderError during = server();
    add(cases, "a call cancelled during an attempt that fails is not retried", standard())
        .script(
            (environment, token) -> {
              environment.call.cancel();
              throw during;
            })
        .throwing(cancelledAfter(during), GiveUpReason.CANCELLED)
        .calls(1)
        .only(
            ENDS_AT_ONCE,
            InvocationStyle.BLOCKING,
            InvocationStyle.CONSUMER,
            InvocationStyle.READY_FUTURE);
    add(cases, "a call cancelled during an attempt that succeeds returns the result", standard())
        .script(
            (environment, token) -> {
              environment.call.cancel();
              return "ok";
            })
        .returns("ok")
        .calls(1)
        .only(
            ENDS_AT_ONCE,
            InvocationStyle.BLOCKING,
            InvocationStyle.CONSUMER,
            InvocationStyle.READY_FUTURE);
    add(cases, "a cancellation ends an attempt in flight", standard())
        .given(environment -> environment.at(20, environment.call::cancel))
        .script(Step.stalls(5_000, "never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(1)
        .takes(20)
        .only(
            IN_FLIGHT,
            InvocationStyle.READY_FUTURE,
            InvocationStyle.LATE_FUTURE,
            InvocationStyle.PUBLISHER);
    add(cases, "a cancellation by the runtime's token ends an attempt in flight", standard())
        .given(environment -> environment.at(20, environment.application::cancel))
        .script(Step.stalls(5_000, "never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(1)
        .takes(20)
        .only(
            IN_FLIGHT,
            InvocationStyle.READY_FUTURE,
            InvocationStyle.LATE_FUTURE,
            InvocationStyle.PUBLISHER);
    ProviderError earlier = server();
    add(cases, "a cancellation ends a later attempt in flight", standard())
        .given(environment -> environment.at(120, environment.call::cancel))
        .script(Step.fails(earlier), Step.stalls(5_000, "never"))
        .throwing(cancelledAfter(earlier), GiveUpReason.CANCELLED)
        .calls(2)
        .waits(100)
        .takes(120)
        .only(
            IN_FLIGHT,
            InvocationStyle.READY_FUTURE,
            InvocationStyle.LATE_FUTURE,
            InvocationStyle.PUBLISHER);
    ProviderError refused = new ProviderError(FailureKind.UNAUTHORIZED);
    add(
            cases,
            "a call cancelled during an attempt that fails for good throws its error",
            standard())
        .script(
            (environment, token) -> {
              environment.call.cancel();
              throw refused;
            })
        .throwsSame(refused, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .only(
            ENDS_AT_ONCE,
            InvocationStyle.BLOCKING,
            InvocationStyle.CONSUMER,
            InvocationStyle.READY_FUTURE);
  }

  static Consumer<Throwable> cancelledAfter(Throwable lastFailure) {
    return thrown -> {
      assertThat(thrown).isInstanceOf(CancelledException.class);
      assertThat(((CancelledException) thrown).lastFailure()).isSameAs(lastFailure);
    };
  }

  private static void interruption(List<RetryCase> cases) {
    ProviderError failure = server();
    add(cases, "an interrupt ends the delay", standard())
        .given(environment -> environment.at(50, Thread.currentThread()::interrupt))
        .script(Step.fails(failure))
        .throwing(cancelledAfter(failure), GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(100)
        .takes(50)
        .leavesInterrupted()
        .only(WAITS_ON_THREAD, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    ProviderError before = server();
    add(cases, "an interrupt during an attempt prevents the delay", standard())
        .script(
            (environment, token) -> {
              Thread.currentThread().interrupt();
              throw before;
            })
        .throwing(cancelledAfter(before), GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(100)
        .takes(0)
        .leavesInterrupted()
        .only(WAITS_ON_THREAD, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    ProviderError zero = server();
    add(
            cases,
            "an interrupt during an attempt prevents a retry without delay",
            standard().baseDelayMs(0))
        .script(
            (environment, token) -> {
              Thread.currentThread().interrupt();
              throw zero;
            })
        .throwing(cancelledAfter(zero), GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(0)
        .leavesInterrupted()
        .only(WAITS_ON_THREAD, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
  }

  private static void deadlines(List<RetryCase> cases) {
    ProviderError last = server();
    add(
            cases,
            "a delay that cannot end before the deadline is not started",
            Settings.defaults().max(10).baseDelayMs(100).deadlineMs(1_000))
        .script(Step.fails(last))
        .throwsSame(last, GiveUpReason.DEADLINE)
        .calls(4)
        .waits(100, 200, 400);
    ProviderError exact = server();
    add(cases, "a delay that ends at the deadline is not started", standard().deadlineMs(300))
        .script(Step.fails(exact))
        .throwsSame(exact, GiveUpReason.DEADLINE)
        .calls(2)
        .waits(100);
    ProviderError asking = asking(Duration.ofSeconds(30));
    add(cases, "a retry-after beyond the deadline is not started", standard().deadlineMs(10_000))
        .script(Step.fails(asking))
        .throwsSame(asking, GiveUpReason.DEADLINE)
        .calls(1);
    add(cases, "attempts use up the deadline", standard().deadlineMs(1_000))
        .script(Step.stallsIgnoringInterrupts(950, Step.fails(exact)))
        .throwsSame(exact, GiveUpReason.DEADLINE)
        .calls(1)
        .takes(950);
    add(cases, "an attempt times out at the deadline", standard().deadlineMs(1_000))
        .script(Step.fails(server()), Step.stalls(5_000, "never"))
        .throwing(RetryCases::isTimeout, GiveUpReason.DEADLINE)
        .calls(2)
        .waits(100)
        .takes(1_000);
    ProviderError queued = server();
    add(
            cases,
            "a deadline ends a call whose retry the executor never runs",
            standard().deadlineMs(1_000))
        .given(environment -> environment.executor = attempt -> {})
        .script(Step.fails(queued))
        .throwsSame(queued, GiveUpReason.DEADLINE)
        .calls(1)
        .waits(100)
        .takes(1_000)
        .only(
            LATER_ON_EXECUTOR,
            InvocationStyle.READY_FUTURE,
            InvocationStyle.LATE_FUTURE,
            InvocationStyle.PUBLISHER);
    ProviderError queuedAtOnce = server();
    add(
            cases,
            "a deadline ends a call whose retry without delay the executor never runs",
            standard().baseDelayMs(0).deadlineMs(1_000))
        .given(environment -> environment.executor = attempt -> {})
        .script(Step.fails(queuedAtOnce))
        .throwsSame(queuedAtOnce, GiveUpReason.DEADLINE)
        .calls(1)
        .waits(0)
        .takes(1_000)
        .only(
            LATER_ON_EXECUTOR,
            InvocationStyle.READY_FUTURE,
            InvocationStyle.LATE_FUTURE,
            InvocationStyle.PUBLISHER);
    add(cases, "a deadline does not need the executor", standard().deadlineMs(1_000))
        .given(environment -> environment.executor = attempt -> {})
        .script(Step.stalls(5_000, "never"))
        .throwing(RetryCases::isTimeout, GiveUpReason.DEADLINE)
        .calls(1)
        .takes(1_000);
    add(cases, "a deadline that is met changes nothing", standard().deadlineMs(1_000))
        .script(Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
  }

  /** Blocking attempts are interrupted, others are cancelled. */
  private static void isTimeout(Throwable thrown) {
    assertThat(thrown).isInstanceOf(AttemptTimeoutException.class);
    assertThat(thrown.getCause())
        .isInstanceOfAny(InterruptedIOException.class, CancellationException.class);
  }

  private static void timeouts(List<RetryCase> cases) {
    Settings settings = standard().attemptTimeoutMs(50);
    add(cases, "an attempt that stalls times out and is retried", settings)
        .script(Step.stalls(5_000, "never"), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(150)
        .afterwards(
            environment ->
                assertThat(environment.events).containsExactly("retry 1 TIMEOUT", "success 2"));
    add(cases, "attempts that always stall end with a time-out", settings)
        .script(Step.stalls(5_000, "never"))
        .throwing(RetryCases::isTimeout, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400)
        .takes(900);
    add(cases, "a result after the time-out is returned", settings)
        .script(Step.stallsIgnoringInterrupts(200, Step.returns("late")))
        .returns("late")
        .calls(1)
        .takes(200)
        .only(RESULT_IS_RETURNED, InvocationStyle.BLOCKING);
    add(cases, "elements after the time-out are not emitted, and the attempt is retried", settings)
        .script(Step.stallsIgnoringInterrupts(200, Step.returns("late")), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(300)
        .only(RESULT_IS_RETURNED, InvocationStyle.CONSUMER);
    IllegalStateException odd = new IllegalStateException("closed");
    add(cases, "an error thrown after the time-out counts as a time-out", settings)
        .script(Step.stallsIgnoringInterrupts(200, Step.fails(odd)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(300)
        .only(ATTEMPT_BLOCKS, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    add(
            cases,
            "an error after the time-out that is no interruption is thrown unchanged",
            Settings.defaults().max(1).baseDelayMs(100).attemptTimeoutMs(50))
        .script(Step.stallsIgnoringInterrupts(200, Step.fails(odd)))
        .throwsSame(odd, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(2)
        .waits(100)
        .takes(500)
        .only(ATTEMPT_BLOCKS, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    add(cases, "a provider's wait that arrives after the time-out is waited for", settings)
        .script(
            Step.stallsIgnoringInterrupts(200, Step.fails(asking(Duration.ofSeconds(20)))),
            Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(20_000)
        .takes(20_200)
        .only(ATTEMPT_BLOCKS, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    ProviderError lateRefusal = new ProviderError(FailureKind.UNAUTHORIZED);
    add(cases, "a permanent failure that arrives after the time-out is not retried", settings)
        .script(Step.stallsIgnoringInterrupts(200, Step.fails(lateRefusal)))
        .throwsSame(lateRefusal, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .takes(200)
        .only(ATTEMPT_BLOCKS, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    UnknownAnswerException lateAnswer = new UnknownAnswerException();
    add(cases, "an unknown response that arrives after the time-out is not retried", settings)
        .script(Step.stallsIgnoringInterrupts(200, Step.fails(lateAnswer)))
        .throwsSame(lateAnswer, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .takes(200)
        .only(ATTEMPT_BLOCKS, InvocationStyle.BLOCKING, InvocationStyle.CONSUMER);
    add(cases, "a time-out cancels the token of the attempt", settings)
        .script(
            Step.waitsForToken(
                60_000,
                (environment, token) -> {
                  assertThat(token.isCancelled()).isTrue();
                  throw new IllegalStateException("stopped by token");
                }),
            Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(150)
        .needsAttemptToken();
    Step untilCancelled =
        Step.waitsForToken(
            60_000,
            (environment, token) -> {
              assertThat(token.isCancelled()).isTrue();
              throw new IllegalStateException("stopped by token");
            });
    add(cases, "a time-out ends an attempt that has not returned its future or publisher", settings)
        .script(Step.blocks(untilCancelled), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(150)
        .needsAttemptToken();
    add(cases, "the caller's own interrupt survives a time-out", settings)
        .script(
            (environment, token) -> {
              Thread.currentThread().interrupt();
              environment.clock.advance(Duration.ofMillis(200));
              return "late";
            })
        .returns("late")
        .calls(1)
        .takes(200)
        .leavesInterrupted()
        .only(RESULT_IS_RETURNED, InvocationStyle.BLOCKING);
    add(
            cases,
            "the caller's own interrupt ends a call whose elements come after the time-out",
            settings)
        .script(
            (environment, token) -> {
              Thread.currentThread().interrupt();
              environment.clock.advance(Duration.ofMillis(200));
              return "late";
            })
        .throwing(
            thrown -> assertThat(thrown).isInstanceOf(CancelledException.class),
            GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(100)
        .takes(200)
        .leavesInterrupted()
        .only(RESULT_IS_RETURNED, InvocationStyle.CONSUMER);
    add(cases, "a cancellation of the call cancels the token of the attempt", settings)
        .given(environment -> environment.at(20, environment.call::cancel))
        .script(
            Step.waitsForToken(
                60_000,
                (environment, token) -> {
                  assertThat(token).isNotSameAs(environment.callToken);
                  token.throwIfCancelled();
                  return "never";
                }))
        .throwing(
            thrown -> assertThat(thrown).isInstanceOf(CancelledException.class),
            GiveUpReason.CANCELLED)
        .calls(1)
        .takes(20)
        .needsAttemptToken();
    add(
            cases,
            "a time-out on the last attempt of a cancelled call is a cancellation",
            Settings.defaults().max(0).attemptTimeoutMs(50))
        .given(environment -> environment.at(50, environment.call::cancel))
        .script(Step.stalls(5_000, "never"))
        .throwing(
            thrown -> assertThat(thrown).isInstanceOf(CancelledException.class),
            GiveUpReason.CANCELLED)
        .calls(1)
        .takes(50);
  }

  private static void rules(List<RetryCase> cases) {
    ruled(
        cases,
        "retryOn retries what is not retryable",
        standard().retryOn(IllegalStateException.class),
        new IllegalStateException(),
        true);
    ruled(
        cases,
        "retryOn counts subclasses",
        standard().retryOn(RuntimeException.class),
        new IllegalStateException(),
        true);
    ruled(
        cases,
        "retryOn counts causes",
        standard().retryOn(SocketTimeoutException.class),
        new IllegalStateException(new SocketTimeoutException()),
        true);
    ruled(
        cases,
        "retryOn does not affect other errors",
        standard().retryOn(IllegalStateException.class),
        new IllegalArgumentException(),
        false);
    ruled(
        cases,
        "abortOn refuses what is retryable",
        standard().abortOn(ProviderError.Special.class),
        new ProviderError.Special(FailureKind.SERVER),
        false);
    ruled(
        cases,
        "abortOn counts subclasses",
        standard().abortOn(ProviderError.Special.class),
        new ProviderError.VerySpecial(FailureKind.SERVER),
        false);
    ruled(
        cases,
        "abortOn counts causes",
        standard().abortOn(ProviderError.Special.class),
        new IOException(new ProviderError.Special(FailureKind.SERVER)),
        false);
    ruled(
        cases,
        "abortOn does not affect other errors",
        standard().abortOn(ProviderError.Special.class),
        server(),
        true);
    Settings specific =
        standard().abortOn(ProviderError.Special.class).retryOn(ProviderError.VerySpecial.class);
    ruled(
        cases,
        "the more specific retryOn wins",
        specific,
        new ProviderError.VerySpecial(FailureKind.UNKNOWN),
        true);
    ruled(
        cases,
        "the less specific abortOn still holds",
        specific,
        new ProviderError.Special(FailureKind.SERVER),
        false);
    ruled(
        cases,
        "abortOn of a cause wins over retryOn of the wrapper",
        standard().retryOn(IllegalStateException.class).abortOn(ProviderError.Special.class),
        new IllegalStateException(new ProviderError.Special(FailureKind.SERVER)),
        false);
    ruled(
        cases,
        "retryOnKinds retries the kind",
        standard().retryOn(FailureKind.CONTENT_FILTERED),
        new ProviderError(FailureKind.CONTENT_FILTERED),
        true);
    ruled(
        cases,
        "abortOnKinds refuses the kind",
        standard().abortOn(FailureKind.TIMEOUT),
        new ProviderError(FailureKind.TIMEOUT),
        false);
    ruled(
        cases,
        "abortOnKinds wins over retryOn",
        standard().abortOn(FailureKind.TIMEOUT).retryOn(ProviderError.Special.class),
        new ProviderError.Special(FailureKind.TIMEOUT),
        false);
  }

  private static void ruled(
      List<RetryCase> cases, String name, Settings settings, Exception error, boolean retried) {
    Step fails =
        error instanceof IOException io ? Step.fails(io) : Step.fails((RuntimeException) error);
    RetryCase added = add(cases, name, settings).script(fails, Step.returns("ok"));
    if (retried) {
      added.returns("ok").calls(2).waits(100);
    } else {
      added.throwsSame(error, GiveUpReason.NOT_RETRYABLE).calls(1);
    }
  }

  private static void nesting(List<RetryCase> cases) {
    ProviderError error = server();
    nested(
            cases,
            "an error that a nested call gave up on is not retried",
            standard(),
            Step.fails(error))
        .throwsSame(error, GiveUpReason.ALREADY_RETRIED)
        .calls(1)
        .waits(10);
    UncheckedIOException wrapped = new UncheckedIOException(error);
    nested(
            cases,
            "an error that a nested call gave up on is recognised as a cause",
            standard(),
            Step.fails(error),
            wrapped)
        .throwsSame(wrapped, GiveUpReason.ALREADY_RETRIED)
        .calls(1)
        .waits(10);
    nested(cases, "nested = RETRY multiplies", standard().nested(Nested.RETRY), Step.fails(error))
        .throwsSame(error, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(10, 100, 10, 200, 10, 400, 10);
    ProviderError known = server();
    add(cases, "an error that an earlier call gave up on is retried", standard())
        .given(environment -> giveUpOn(environment, known))
        .script(Step.fails(known), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(10, 100)
        .afterwards(environment -> assertThat(known.getSuppressed()).hasSize(1));
  }

  private static RetryPolicy inner() {
    return RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ofMillis(10)).build();
  }

  private static void giveUpOn(TestEnvironment environment, IOException error) {
    try {
      Retry.call(
          environment.runtime(),
          inner(),
          null,
          attempt -> {
            throw error;
          });
    } catch (IOException e) {
      assertThat(e).isSameAs(error);
    }
  }

  private static RetryCase nested(
      List<RetryCase> cases, String name, Settings settings, Step innermost) {
    return nested(cases, name, settings, innermost, null);
  }

  private static RetryCase nested(
      List<RetryCase> cases,
      String name,
      Settings settings,
      Step innermost,
      RuntimeException wrapper) {
    return add(cases, name, settings).script(new NestedStep(innermost, inner(), wrapper));
  }
}
