package dev.llmretry.runtime.cases;

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

/** All cases. Each call makes new ones, since exceptions remember what has become of them. */
public final class RetryCases {

  private RetryCases() {}

  /** Returns the cases that hold for a way to retry. */
  public static Stream<RetryCase> of(Way way) {
    return all().filter(each -> each.holdsFor(way));
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
    cases.addAll(UnrulyCases.all());
    return cases.stream();
  }

  private static RetryCase add(List<RetryCase> cases, String name, Settings settings) {
    RetryCase added = RetryCase.of(name, settings);
    cases.add(added);
    return added;
  }

  private static Settings standard() {
    return Settings.defaults().max(3).baseDelayMs(100);
  }

  private static ProviderError server() {
    return new ProviderError(FailureKind.SERVER);
  }

  private static ProviderError asking(Duration wait) {
    return new ProviderError(FailureKind.RATE_LIMITED, wait);
  }

  private static void successes(List<RetryCase> cases) {
    add(cases, "a result at once is one call", standard())
        .script(Step.returns("ok"))
        .returns("ok")
        .calls(1);
    add(cases, "null is a result", standard()).script(Step.returns(null)).returns(null).calls(1);
    add(cases, "two server errors, then success", standard())
        .script(Step.fails(server()), Step.fails(server()), Step.returns("ok"))
        .returns("ok")
        .calls(3)
        .waits(100, 200)
        .afterwards(
            world ->
                assertThat(world.events)
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
    add(cases, "what nobody knows is not retried", standard())
        .script(Step.fails(unknown))
        .throwsSame(unknown, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    AssertionError error = new AssertionError("an Error");
    add(cases, "an Error is never retried", standard().retryOn(Throwable.class))
        .script(
            (world, token) -> {
              throw error;
            })
        .throwing(thrown -> assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions(), null)
        .calls(1)
        .only(Way.BLOCKING, Way.CONSUMER);
    add(
            cases,
            "an Error of a future or publisher is never retried",
            standard().retryOn(Throwable.class))
        .script(
            (world, token) -> {
              throw error;
            })
        .throwsSame(error, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .only(Way.READY_FUTURE, Way.LATE_FUTURE, Way.PUBLISHER);
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
    InterruptedIOException interruption = new InterruptedIOException("by somebody");
    add(cases, "an interruption is never retried", standard().retryOn(IOException.class))
        .script(Step.fails(interruption))
        .throwsSame(interruption, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
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
    alwaysFailing(cases, "a wait of zero retries at once", standard().baseDelayMs(0), 0, 0, 0);
    alwaysFailing(
        cases,
        "waits do not exceed maxDelay",
        Settings.defaults().max(5).baseDelayMs(100).maxDelayMs(250),
        100,
        200,
        250,
        250,
        250);
    alwaysFailing(cases, "waits grow by the multiplier", standard().multiplier(3), 100, 300, 900);
    alwaysFailing(
        cases, "a multiplier of 1 keeps waits equal", standard().multiplier(1), 100, 100, 100);
    alwaysFailing(
        cases,
        "zero stays zero, however steep the growth",
        standard().baseDelayMs(0).multiplier(1e300),
        0,
        0,
        0);
    alwaysFailing(
        cases, "full jitter, chance in the middle", standard().jitter(Jitter.FULL), 50, 100, 200);
    alwaysFailing(
        cases, "equal jitter, chance in the middle", standard().jitter(Jitter.EQUAL), 75, 150, 300);
    alwaysFailing(
        cases,
        "decorrelated jitter, chance in the middle",
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
    hinted(cases, "a rate limit that asks for 1 s waits 1 s", standard(), 1_000, 1_000);
    hinted(cases, "a wait that is asked for may be below back-off", standard(), 20, 20);
    hinted(
        cases,
        "a wait that is asked for may exceed maxDelay",
        standard().maxDelayMs(200),
        5_000,
        5_000);
    hinted(cases, "a wait of just maxRetryAfter is waited", standard(), 60_000, 60_000);
    hinted(
        cases,
        "jitter is added to a wait that is asked for",
        standard().jitter(Jitter.FULL),
        1_000,
        1_050);
    hinted(
        cases,
        "jitter does not lift a wait above maxRetryAfter",
        standard().jitter(Jitter.FULL).maxRetryAfterMs(1_020),
        1_000,
        1_020);
    hinted(
        cases,
        "without limit a day is waited",
        standard().unlimitedRetryAfter(),
        86_400_000,
        86_400_000);
    ProviderError tooLong = asking(Duration.ofMillis(60_001));
    add(cases, "a wait beyond maxRetryAfter is not begun", standard())
        .script(Step.fails(tooLong))
        .throwsSame(tooLong, GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(1);
    ProviderError ages = asking(Duration.ofSeconds(Long.MAX_VALUE));
    add(cases, "a wait of ages is not begun", standard())
        .script(Step.fails(ages))
        .throwsSame(ages, GiveUpReason.RETRY_AFTER_TOO_LONG)
        .calls(1);
    add(cases, "a wait of zero counts as not asked for", standard())
        .script(Step.fails(asking(Duration.ZERO)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100);
    ProviderError quota = new ProviderError(FailureKind.QUOTA_EXHAUSTED, Duration.ofSeconds(1));
    add(cases, "a wait does not make a failure retryable", standard())
        .script(Step.fails(quota))
        .throwsSame(quota, GiveUpReason.NOT_RETRYABLE)
        .calls(1);
    IOException wrapper = new IOException(asking(Duration.ofSeconds(2)));
    add(
            cases,
            "a wait is found behind a wrapper that a rule retries",
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
    add(cases, "cancelled before the first attempt is no call", standard())
        .given(world -> world.call.cancel())
        .script(Step.returns("never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(0);
    add(cases, "cancelled for all calls before the first attempt", standard())
        .given(world -> world.application.cancel())
        .script(Step.returns("never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(0);
    ProviderError failure = server();
    add(cases, "cancelled during back-off ends the wait", standard())
        .given(world -> world.at(50, world.call::cancel))
        .script(Step.fails(failure))
        .throwing(cancelledAfter(failure), GiveUpReason.CANCELLED)
        .calls(1)
        .waits(100)
        .takes(50);
    ProviderError other = server();
    add(cases, "cancelled for all calls during back-off", standard())
        .given(world -> world.at(250, world.application::cancel))
        .script(Step.fails(server()), Step.fails(other))
        .throwing(cancelledAfter(other), GiveUpReason.CANCELLED)
        .calls(2)
        .waits(100, 200)
        .takes(250);
    ProviderError during = server();
    add(cases, "cancelled during an attempt that fails is not waited for", standard())
        .script(
            (world, token) -> {
              world.call.cancel();
              throw during;
            })
        .throwing(cancelledAfter(during), GiveUpReason.CANCELLED)
        .calls(1)
        .only(Way.BLOCKING, Way.CONSUMER, Way.READY_FUTURE);
    add(cases, "cancelled during an attempt that succeeds is a result", standard())
        .script(
            (world, token) -> {
              world.call.cancel();
              return "ok";
            })
        .returns("ok")
        .calls(1)
        .only(Way.BLOCKING, Way.CONSUMER, Way.READY_FUTURE);
    add(cases, "cancelled during an attempt that blocks no thread ends it", standard())
        .given(world -> world.at(20, world.call::cancel))
        .script(Step.stalls(5_000, "never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(1)
        .takes(20)
        .only(Way.READY_FUTURE, Way.LATE_FUTURE, Way.PUBLISHER);
    add(cases, "cancelled for all calls during an attempt that blocks no thread", standard())
        .given(world -> world.at(20, world.application::cancel))
        .script(Step.stalls(5_000, "never"))
        .throwing(cancelledAfter(null), GiveUpReason.CANCELLED)
        .calls(1)
        .takes(20)
        .only(Way.READY_FUTURE, Way.LATE_FUTURE, Way.PUBLISHER);
    ProviderError earlier = server();
    add(cases, "cancelled during a later attempt that blocks no thread", standard())
        .given(world -> world.at(120, world.call::cancel))
        .script(Step.fails(earlier), Step.stalls(5_000, "never"))
        .throwing(cancelledAfter(earlier), GiveUpReason.CANCELLED)
        .calls(2)
        .waits(100)
        .takes(120)
        .only(Way.READY_FUTURE, Way.LATE_FUTURE, Way.PUBLISHER);
    ProviderError refused = new ProviderError(FailureKind.UNAUTHORIZED);
    add(cases, "cancelled during an attempt that is refused throws the refusal", standard())
        .script(
            (world, token) -> {
              world.call.cancel();
              throw refused;
            })
        .throwsSame(refused, GiveUpReason.NOT_RETRYABLE)
        .calls(1)
        .only(Way.BLOCKING, Way.CONSUMER, Way.READY_FUTURE);
  }

  private static Consumer<Throwable> cancelledAfter(Throwable lastFailure) {
    return thrown -> {
      assertThat(thrown).isInstanceOf(CancelledException.class);
      assertThat(((CancelledException) thrown).lastFailure()).isSameAs(lastFailure);
    };
  }

  private static void interruption(List<RetryCase> cases) {
    ProviderError failure = server();
    add(cases, "interrupted during back-off ends the wait", standard())
        .given(world -> world.at(50, Thread.currentThread()::interrupt))
        .script(Step.fails(failure))
        .throwing(cancelledAfter(failure), GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(100)
        .takes(50)
        .leavesInterrupted()
        .only(Way.BLOCKING, Way.CONSUMER);
    ProviderError before = server();
    add(cases, "interrupted during an attempt is no wait", standard())
        .script(
            (world, token) -> {
              Thread.currentThread().interrupt();
              throw before;
            })
        .throwing(cancelledAfter(before), GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(100)
        .takes(0)
        .leavesInterrupted()
        .only(Way.BLOCKING, Way.CONSUMER);
    ProviderError zero = server();
    add(cases, "interrupted during an attempt is no retry without delay", standard().baseDelayMs(0))
        .script(
            (world, token) -> {
              Thread.currentThread().interrupt();
              throw zero;
            })
        .throwing(cancelledAfter(zero), GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(0)
        .leavesInterrupted()
        .only(Way.BLOCKING, Way.CONSUMER);
  }

  private static void deadlines(List<RetryCase> cases) {
    ProviderError last = server();
    add(
            cases,
            "a wait that cannot end before the deadline is not begun",
            Settings.defaults().max(10).baseDelayMs(100).deadlineMs(1_000))
        .script(Step.fails(last))
        .throwsSame(last, GiveUpReason.DEADLINE)
        .calls(4)
        .waits(100, 200, 400);
    ProviderError exact = server();
    add(cases, "a wait that ends with the deadline is not begun", standard().deadlineMs(300))
        .script(Step.fails(exact))
        .throwsSame(exact, GiveUpReason.DEADLINE)
        .calls(2)
        .waits(100);
    ProviderError asking = asking(Duration.ofSeconds(30));
    add(
            cases,
            "a wait that is asked for beyond the deadline is not begun",
            standard().deadlineMs(10_000))
        .script(Step.fails(asking))
        .throwsSame(asking, GiveUpReason.DEADLINE)
        .calls(1);
    add(cases, "attempts use up the deadline", standard().deadlineMs(1_000))
        .script(Step.stallsDeaf(950, Step.fails(exact)))
        .throwsSame(exact, GiveUpReason.DEADLINE)
        .calls(1)
        .takes(950);
    add(cases, "an attempt is given no more than what is left", standard().deadlineMs(1_000))
        .script(Step.fails(server()), Step.stalls(5_000, "never"))
        .throwing(RetryCases::isTimeout, GiveUpReason.DEADLINE)
        .calls(2)
        .waits(100)
        .takes(1_000);
    add(cases, "a deadline that is kept is not noticed", standard().deadlineMs(1_000))
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
    add(cases, "an attempt that stalls is interrupted and retried", settings)
        .script(Step.stalls(5_000, "never"), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(150)
        .afterwards(
            world -> assertThat(world.events).containsExactly("retry 1 TIMEOUT", "success 2"));
    add(cases, "attempts that always stall end with a time-out", settings)
        .script(Step.stalls(5_000, "never"))
        .throwing(RetryCases::isTimeout, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(100, 200, 400)
        .takes(900);
    add(cases, "a result that comes after the time is up is a result", settings)
        .script(Step.stallsDeaf(200, Step.returns("late")))
        .returns("late")
        .calls(1)
        .takes(200)
        .only(Way.BLOCKING);
    add(cases, "elements that come after the time is up are not handed on", settings)
        .script(Step.stallsDeaf(200, Step.returns("late")), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(300)
        .only(Way.CONSUMER);
    IllegalStateException odd = new IllegalStateException("closed");
    add(cases, "what a late attempt throws counts as a time-out", settings)
        .script(Step.stallsDeaf(200, Step.fails(odd)), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(300)
        .only(Way.BLOCKING, Way.CONSUMER);
    add(
            cases,
            "an error that is no interruption is thrown as it is",
            Settings.defaults().max(1).baseDelayMs(100).attemptTimeoutMs(50))
        .script(Step.stallsDeaf(200, Step.fails(odd)))
        .throwsSame(odd, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(2)
        .waits(100)
        .takes(500)
        .only(Way.BLOCKING, Way.CONSUMER);
    add(cases, "a stalled attempt can be told by its own token", settings)
        .script(
            Step.waitsForToken(
                60_000,
                (world, token) -> {
                  assertThat(token.isCancelled()).isTrue();
                  throw new IllegalStateException("stopped by token");
                }),
            Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(100)
        .takes(150);
    add(cases, "the caller's own interrupt survives a time-out", settings)
        .script(
            (world, token) -> {
              Thread.currentThread().interrupt();
              world.clock.advance(Duration.ofMillis(200));
              return "late";
            })
        .returns("late")
        .calls(1)
        .takes(200)
        .leavesInterrupted()
        .only(Way.BLOCKING);
    add(cases, "it ends a call whose elements came too late", settings)
        .script(
            (world, token) -> {
              Thread.currentThread().interrupt();
              world.clock.advance(Duration.ofMillis(200));
              return "late";
            })
        .throwing(
            thrown -> assertThat(thrown).isInstanceOf(CancelledException.class),
            GiveUpReason.INTERRUPTED)
        .calls(1)
        .waits(100)
        .takes(200)
        .leavesInterrupted()
        .only(Way.CONSUMER);
    add(cases, "a cancellation of the call reaches the attempt", settings)
        .given(world -> world.at(20, world.call::cancel))
        .script(
            Step.waitsForToken(
                60_000,
                (world, token) -> {
                  assertThat(token).isNotSameAs(world.callToken);
                  token.throwIfCancelled();
                  return "never";
                }))
        .throwing(
            thrown -> assertThat(thrown).isInstanceOf(CancelledException.class),
            GiveUpReason.CANCELLED)
        .calls(1)
        .takes(20);
    add(
            cases,
            "a time-out on the last attempt of a cancelled call is a cancellation",
            Settings.defaults().max(0).attemptTimeoutMs(50))
        .given(world -> world.at(50, world.call::cancel))
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
        "retryOn leaves others alone",
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
        "abortOn leaves others alone",
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
    nested(cases, "what was retried inside is not retried outside", standard(), Step.fails(error))
        .throwsSame(error, GiveUpReason.RETRIED_INSIDE)
        .calls(1)
        .waits(10);
    UncheckedIOException wrapped = new UncheckedIOException(error);
    nested(
            cases,
            "what was retried inside is known behind a wrapper",
            standard(),
            Step.fails(error),
            wrapped)
        .throwsSame(wrapped, GiveUpReason.RETRIED_INSIDE)
        .calls(1)
        .waits(10);
    nested(cases, "nested = RETRY multiplies", standard().nested(Nested.RETRY), Step.fails(error))
        .throwsSame(error, GiveUpReason.ATTEMPTS_EXHAUSTED)
        .calls(4)
        .waits(10, 100, 10, 200, 10, 400, 10);
    ProviderError known = server();
    add(cases, "an error given up on before this call is retried", standard())
        .given(world -> giveUpOn(world, known))
        .script(Step.fails(known), Step.returns("ok"))
        .returns("ok")
        .calls(2)
        .waits(10, 100)
        .afterwards(world -> assertThat(known.getSuppressed()).hasSize(1));
  }

  private static RetryPolicy inner() {
    return RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ofMillis(10)).build();
  }

  private static void giveUpOn(World world, IOException error) {
    try {
      Retry.call(
          world.runtime(),
          inner(),
          null,
          () -> {
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
