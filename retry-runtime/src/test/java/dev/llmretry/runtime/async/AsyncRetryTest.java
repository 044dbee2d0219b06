package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import dev.llmretry.runtime.cases.World;
import dev.llmretry.runtime.stream.CallbackGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncRetryTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").baseDelay(Duration.ofMillis(100)).build();

  private final World world = new World();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  static Stream<RetryCase> readyCases() {
    return RetryCases.of(Way.READY_FUTURE);
  }

  static Stream<RetryCase> lateCases() {
    return RetryCases.of(Way.LATE_FUTURE);
  }

  @ParameterizedTest
  @MethodSource("readyCases")
  void behavesAsTheTableSaysWhereFuturesAreReady(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            delegate.await(
                AsyncRetry.call(runtime, which.settings().policy("call"), token, delegate::begin)));
  }

  @ParameterizedTest
  @MethodSource("lateCases")
  void behavesAsTheTableSaysWhereFuturesCompleteLater(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            delegate.await(
                AsyncRetry.call(
                    runtime, which.settings().policy("call"), token, delegate::beginLate)));
  }

  private CompletableFuture<String> call(AsyncCall<CompletableFuture<String>> call) {
    return AsyncRetry.call(world.runtime(), POLICY, call);
  }

  private CompletableFuture<String> failing() {
    world.calls++;
    return CompletableFuture.failedFuture(overloaded);
  }

  @Test
  void aResultThatIsThereIsReturnedItself() {
    var done = CompletableFuture.completedFuture("ok");
    assertThat(call(() -> done)).isSameAs(done);
    assertThat(world.events).containsExactly("success 1");
    assertThat(AsyncRetry.call(world.runtime(), POLICY, world.callToken, attempt -> done))
        .isSameAs(done);
    assertThat(world.callToken.registered()).isZero();
    assertThat(world.applicationToken.registered()).isZero();
  }

  @Test
  void whatTheFirstAttemptThrowsAndIsNotRetriedIsThrown() {
    var unknown = new Exception("checked, and not retried");
    assertThatThrownBy(
            () ->
                AsyncRetry.call(
                    world.runtime(),
                    POLICY,
                    world.callToken,
                    attempt -> {
                      throw unknown;
                    }))
        .isSameAs(unknown);
    assertThat(RetryTrace.find(unknown).report().reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void whatTheFirstAttemptThrowsIsRetriedWithoutBlocking() {
    CompletableFuture<String> future =
        call(
            () -> {
              if (++world.calls == 1) {
                throw overloaded;
              }
              return CompletableFuture.completedFuture("ok");
            });
    assertThat(future).isNotDone();
    world.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(world.millis()).isEqualTo(100);
  }

  @Test
  void noFutureAtAllIsAFailure() {
    assertThatThrownBy(() -> call(() -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("call returned null");
    assertThat(world.clock.scheduledCount()).isZero();
  }

  @Test
  void cancelledInAWaitItMakesNoFurtherAttempt() {
    CompletableFuture<String> future = call(this::failing);
    assertThat(world.clock.scheduledCount()).isEqualTo(1);
    assertThat(future.cancel(true)).isTrue();
    assertThat(world.clock.scheduledCount()).isZero();
    assertThat(world.applicationToken.registered()).isZero();
    world.clock.advance(Duration.ofSeconds(10));
    assertThat(world.calls).isEqualTo(1);
    assertThat(world.events).containsExactly("retry 1 OVERLOADED", "give up 1 CANCELLED");
    assertThat(future).isCancelled();
  }

  @Test
  void cancelledInFlightItCancelsTheAttemptAndItsToken() {
    var attempt = new CompletableFuture<String>();
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.call(
            world.runtime(),
            POLICY,
            world.callToken,
            token -> {
              tokens.add(token);
              return attempt;
            });
    future.cancel(false);
    assertThat(attempt).isCancelled();
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(world.call.isCancelled()).isFalse();
    assertThat(world.callToken.registered()).isZero();
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
  }

  static Stream<Consumer<CompletableFuture<String>>> completions() {
    return Stream.of(
        future -> future.complete("mine"),
        future -> future.completeExceptionally(new IllegalStateException("mine")),
        future -> future.cancel(true),
        future -> future.obtrudeValue("mine"),
        future -> future.obtrudeException(new IllegalStateException("mine")),
        future -> future.completeAsync(() -> "mine", Runnable::run),
        future ->
            future.completeAsync(
                () -> {
                  throw new IllegalStateException("mine");
                },
                Runnable::run));
  }

  @ParameterizedTest
  @MethodSource("completions")
  void anyCompletionFromOutsideEndsTheCall(Consumer<CompletableFuture<String>> completion) {
    CompletableFuture<String> waiting = call(this::failing);
    completion.accept(waiting);
    assertThat(waiting).isDone();
    var attempt = new CompletableFuture<String>();
    completion.accept(call(() -> attempt));
    assertThat(attempt).isCancelled();
    assertThat(world.clock.scheduledCount()).isZero();
    assertThat(world.applicationToken.registered()).isZero();
    assertThat(world.events)
        .containsExactly("retry 1 OVERLOADED", "give up 1 CANCELLED", "give up 1 CANCELLED");
  }

  @Test
  void laterAttemptsRunInTheRuntimesExecutor() {
    List<Runnable> handedOver = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(world.clock).executor(handedOver::add).build();
    CompletableFuture<String> future = AsyncRetry.call(runtime, POLICY, this::failing);
    world.clock.advance(Duration.ofMillis(100));
    assertThat(world.calls).isEqualTo(1);
    handedOver.remove(0).run();
    assertThat(world.calls).isEqualTo(2);
    assertThat(future).isNotDone();
  }

  @Test
  void aCallCanBeCancelledWhileTheExecutorHasIt() {
    List<Runnable> handedOver = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(world.clock).executor(handedOver::add).build();
    CompletableFuture<String> future =
        AsyncRetry.call(runtime, POLICY, world.callToken, attempt -> failing());
    world.clock.advance(Duration.ofMillis(100));
    world.call.cancel();
    assertThat(future).isCancelled();
    handedOver.remove(0).run();
    assertThat(world.calls).isEqualTo(1);
  }

  @Test
  void anExecutorThatRefusesEndsTheCallWithTheLastError() {
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(world.clock)
            .executor(
                attempt -> {
                  throw new RejectedExecutionException("a refusal; its warning is expected");
                })
            .build();
    CompletableFuture<String> future = AsyncRetry.call(runtime, POLICY, this::failing);
    world.clock.advance(Duration.ofMillis(100));
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(RetryTrace.find(overloaded).report().reason()).isEqualTo(GiveUpReason.REJECTED);
  }

  @Test
  void theErrorIsTheDelegatesAndTheTraceIsOnIt() {
    var refused = new ProviderError(FailureKind.UNAUTHORIZED);
    var wrapped = new CompletionException(refused);
    CompletableFuture<String> future = call(() -> CompletableFuture.failedFuture(wrapped));
    assertThatThrownBy(future::join).isSameAs(wrapped);
    assertThatThrownBy(future::get).hasCause(refused);
    assertThat(RetryTrace.find(refused).report().reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
  }

  @Test
  void whatACancellationEndsKnowsTheLastFailure() {
    CompletableFuture<String> future =
        AsyncRetry.call(world.runtime(), POLICY, world.callToken, attempt -> failing());
    world.call.cancel();
    assertThatThrownBy(future::join).isInstanceOf(CancelledException.class).hasCause(overloaded);
    assertThatThrownBy(future::get).isInstanceOf(CancelledException.class).hasCause(overloaded);
    assertThatThrownBy(() -> future.getNow("")).isInstanceOf(CancelledException.class);
  }

  /** A way to get the result of a future that is complete. */
  @FunctionalInterface
  private interface Getting {
    String from(CompletableFuture<String> future) throws Exception;
  }

  static Stream<Getting> waysToGet() {
    return Stream.of(
        CompletableFuture::join,
        CompletableFuture::get,
        future -> future.get(1, TimeUnit.SECONDS),
        future -> future.getNow("early"));
  }

  @ParameterizedTest
  @MethodSource("waysToGet")
  void aBlockingRetryAroundOneThatWasRetriedInVainDoesNotMultiply(Getting getting) {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ZERO).build();
    assertThatThrownBy(
            () ->
                Retry.call(
                    world.runtime(),
                    POLICY,
                    null,
                    () -> getting.from(AsyncRetry.call(world.runtime(), inner, this::failing))))
        .hasCause(overloaded);
    assertThat(world.calls).isEqualTo(2);
    assertThat(world.waits).containsExactly(0L);
  }

  @Test
  void aFutureThatDependsOnOneRetriedInVainIsNotRetriedEither() {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ZERO).build();
    CompletableFuture<String> future =
        call(
            () ->
                AsyncRetry.call(world.runtime(), inner, this::failing)
                    .thenApply(String::strip)
                    .whenComplete((result, error) -> {}));
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(world.calls).isEqualTo(2);
    assertThat(world.events).last().isEqualTo("give up 1 RETRIED_INSIDE");
  }

  @Test
  void anotherErrorOfAFutureThatDependsOnOneRetriedInVainIsRetried() {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ZERO).build();
    CompletableFuture<String> future =
        call(
            () ->
                AsyncRetry.call(world.runtime(), inner, this::failing)
                    .handle(
                        (result, error) -> {
                          throw new CompletionException(new ProviderError(FailureKind.NETWORK));
                        }));
    world.clock.advanceUntil(future::isDone);
    assertThat(world.calls).isEqualTo(4 * 2);
    assertThat(world.events).last().isEqualTo("give up 4 ATTEMPTS_EXHAUSTED");
  }

  @Test
  void whatACallbackHasBeenHandedRulesARetryOut() {
    var stage = new CompletableFuture<String>();
    List<String> heard = new ArrayList<>();
    List<CallbackGate> gates = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            POLICY,
            AsyncRetry.gated(
                POLICY,
                gate -> {
                  gates.add(gate);
                  return gates.size() == 1 ? failing() : stage;
                }));
    world.clock.advanceUntil(() -> gates.size() == 2);
    gates.get(0).element("of an attempt that has failed", () -> heard.add("never"));
    gates.get(1).element("one", () -> heard.add("one"));
    stage.completeExceptionally(overloaded);
    gates.get(1).element("two", () -> heard.add("two"));
    assertThat(heard).containsExactly("one");
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(RetryTrace.find(overloaded).report().reason()).isEqualTo(GiveUpReason.DELIVERED);
  }

  @Test
  void whatACallbackHasBeenHandedRulesARetryOutAlsoWhereTheAttemptThrows() {
    List<String> heard = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            POLICY,
            AsyncRetry.gated(
                POLICY,
                gate -> {
                  gate.element("one", () -> heard.add("one"));
                  throw overloaded;
                }));
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(heard).containsExactly("one");
    assertThat(world.events).containsExactly("give up 1 DELIVERED");
  }

  @Test
  void timeEndsAnAttemptOnlyUntilItsCallbackHasBeenHandedContent() {
    RetryPolicy timed =
        RetryPolicy.builder("timed")
            .maxRetries(1)
            .baseDelay(Duration.ofMillis(100))
            .attemptTimeout(Duration.ofSeconds(1))
            .deadline(Duration.ofSeconds(5))
            .preamble((String element) -> element.equals("#"))
            .build();
    List<CancellationToken> tokens = new ArrayList<>();
    List<CallbackGate> gates = new ArrayList<>();
    List<CompletableFuture<String>> stages = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            timed,
            world.callToken,
            AsyncRetry.gated(
                timed,
                (gate, attempt) -> {
                  tokens.add(attempt);
                  gates.add(gate);
                  stages.add(new CompletableFuture<>());
                  gate.element("#", () -> heard.add("#"));
                  return stages.get(stages.size() - 1);
                }));
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.get(0).isCancelled()).isTrue();
    world.clock.advance(Duration.ofMillis(100));
    gates.get(1).element("one", () -> heard.add("one"));
    world.clock.advance(Duration.ofHours(1));
    gates.get(1).element("two", () -> heard.add("two"));
    assertThat(tokens.get(1).isCancelled()).isFalse();
    stages.get(1).complete("ok");
    assertThat(heard).containsExactly("#", "one", "two");
    assertThat(future).isCompletedWithValue("ok");
    assertThat(world.callToken.registered()).isZero();
    assertThat(world.clock.scheduledCount()).isZero();
  }

  @Test
  void contentThatAnAttemptHandsOnBeforeItReturnsKeepsTimeFromEndingItToo() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    List<String> heard = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            timed,
            AsyncRetry.gated(
                timed,
                gate -> {
                  gate.element("one", () -> heard.add("one"));
                  world.clock.advance(Duration.ofHours(1));
                  gate.element("two", () -> heard.add("two"));
                  return CompletableFuture.completedFuture("ok");
                }));
    assertThat(heard).containsExactly("one", "two");
    assertThat(future).isCompletedWithValue("ok");
    assertThat(world.events).containsExactly("success 1");
  }

  /** By the attempt itself, before it has a stage; in answer to the cancellation; after that. */
  @ParameterizedTest
  @ValueSource(strings = {"at once", "when cancelled", "after that"})
  void contentThatComesTooLateIsDroppedAndTheAttemptRetried(String when) {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    List<String> heard = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            timed,
            null,
            AsyncRetry.gated(
                timed,
                (gate, attempt) -> {
                  if (++world.calls > 1) {
                    gate.element("in time", () -> heard.add("in time"));
                    return CompletableFuture.completedFuture("ok");
                  }
                  Runnable late = () -> gate.element("late", () -> heard.add("late"));
                  var stage = new CompletableFuture<String>();
                  if (when.equals("at once")) {
                    world.clock.advance(Duration.ofSeconds(1));
                    late.run();
                  } else if (when.equals("when cancelled")) {
                    attempt.onCancel(late);
                  } else {
                    attempt.onCancel(
                        () -> {
                          late.run();
                          stage.complete("without its elements");
                        });
                  }
                  return stage;
                }));
    world.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(heard).containsExactly("in time");
    assertThat(world.events).containsExactly("retry 1 TIMEOUT", "success 2");
    assertThat(world.clock.scheduledCount()).isZero();
  }

  @Test
  void anAttemptWithACallbackIsToldThatItsFutureWasCancelled() {
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            POLICY,
            null,
            AsyncRetry.gated(
                POLICY,
                (gate, attempt) -> {
                  tokens.add(attempt);
                  return tokens.size() == 1 ? failing() : new CompletableFuture<>();
                }));
    world.clock.advanceUntil(() -> tokens.size() == 2);
    future.cancel(true);
    assertThat(tokens).extracting(CancellationToken::isCancelled).containsExactly(false, true);
  }

  @Test
  void aStageThatIsNoMoreThanOneIsRetriedToo() {
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(),
            POLICY,
            world.callToken,
            attempt ->
                ++world.calls == 1
                    ? CompletableFuture.<String>failedStage(overloaded)
                    : CompletableFuture.completedStage("ok"));
    world.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void aFallbackThatFailsWithTheSameErrorIsRetriedAsAnyOther() {
    CompletableFuture<String> future =
        call(this::failing).exceptionallyCompose(error -> call(this::failing));
    world.clock.advanceUntil(future::isDone);
    assertThat(world.calls).isEqualTo(8);
    assertThat(world.waits).containsExactly(100L, 200L, 400L, 100L, 200L, 400L);
  }

  @Test
  void aClockThatFailsEndsTheCall() {
    List<Runnable> scheduled = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(new FailingClock(scheduled)).executor(Runnable::run).build();
    RetryPolicy timed = RetryPolicy.builder("timed").deadline(Duration.ofSeconds(1)).build();
    CompletableFuture<String> future = AsyncRetry.call(runtime, timed, this::failing);
    scheduled.forEach(Runnable::run);
    assertThatThrownBy(future::get).hasCause(overloaded);
  }

  @Test
  void aStageThatSpeaksTwiceIsHeardOnce() {
    var stage = new TalkativeStage();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(world.runtime(), POLICY, stage::stage);
    stage.say(null, overloaded);
    stage.say(null, overloaded);
    stage.say("late", null);
    assertThat(world.waits).containsExactly(100L);
    assertThat(future).isNotDone();
  }

  @Test
  void aStageThatSpeaksAgainIsNotTakenForTheNext() {
    var stage = new TalkativeStage();
    var next = new CompletableFuture<String>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            world.runtime(), POLICY, () -> ++world.calls == 1 ? stage.stage() : next);
    stage.say(null, overloaded);
    world.clock.advance(Duration.ofMillis(100));
    assertThat(world.calls).isEqualTo(2);
    stage.say("late", null);
    assertThat(future).isNotDone();
    next.complete("ok");
    assertThat(future).isCompletedWithValue("ok");
  }

  @Test
  void whoeverCompletesItIsToldWhetherThatWasInTime() {
    CompletableFuture<String> completed = call(this::failing);
    assertThat(completed.complete("mine")).isTrue();
    assertThat(completed.complete("again")).isFalse();
    assertThat(completed.completeExceptionally(overloaded)).isFalse();
    assertThat(completed.cancel(true)).isFalse();
    assertThat(call(this::failing).completeExceptionally(overloaded)).isTrue();
  }

  @Test
  void aListenerHearsOfAResultThatComesLater() {
    List<Integer> heard = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onSuccess(String method, int attempts) {
            heard.add(attempts);
          }
        };
    var stage = new CompletableFuture<String>();
    CompletableFuture<String> future =
        AsyncRetry.call(RetryRuntime.builder().listener(listener).build(), POLICY, () -> stage);
    assertThat(heard).isEmpty();
    stage.complete("ok");
    assertThat(heard).containsExactly(1);
    assertThat(future).isCompletedWithValue("ok");
  }

  @Test
  void anErrorOfTheFirstAttemptIsThrownAndNothingIsLeft() {
    var error = new AssertionError("of the delegate");
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofHours(1)).build();
    assertThatThrownBy(
            () ->
                AsyncRetry.call(
                    world.runtime(),
                    timed,
                    world.callToken,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(world.callToken.registered()).isZero();
    assertThat(world.applicationToken.registered()).isZero();
    assertThat(world.clock.scheduledCount()).isZero();
  }

  @Test
  void anErrorThatOthersEndAnInnerRetryWithIsRetried() {
    CompletableFuture<String> future =
        call(
            () -> {
              world.calls++;
              CompletableFuture<String> inner = call(CompletableFuture::new);
              inner.completeExceptionally(overloaded);
              return inner;
            });
    world.clock.advanceUntil(future::isDone);
    assertThat(world.calls).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatALaterAttemptThrowsIsRetriedToo(boolean withToken) {
    AsyncCall<CompletableFuture<String>> throwing =
        () -> {
          if (++world.calls < 4) {
            throw overloaded;
          }
          return CompletableFuture.completedFuture("ok");
        };
    CompletableFuture<String> future =
        withToken
            ? AsyncRetry.call(
                world.runtime(), POLICY, world.callToken, attempt -> throwing.call(attempt))
            : call(throwing);
    world.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(world.waits).containsExactly(100L, 200L, 400L);
    assertThat(world.events)
        .containsExactly(
            "retry 1 OVERLOADED", "retry 2 OVERLOADED", "retry 3 OVERLOADED", "success 4");
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void anErrorThatALaterAttemptsInnerRetryGaveUpOnIsNotRetried() {
    RetryPolicy once = RetryPolicy.builder("inner").maxRetries(0).build();
    CompletableFuture<String> future =
        call(
            () -> {
              world.calls++;
              return world.calls == 1
                  ? CompletableFuture.failedFuture(overloaded)
                  : AsyncRetry.call(
                      world.runtime(),
                      once,
                      () -> {
                        throw overloaded;
                      });
            });
    world.clock.advanceUntil(future::isDone);
    assertThat(world.calls).isEqualTo(2);
    assertThat(world.events).last().isEqualTo("give up 2 RETRIED_INSIDE");
  }

  @Test
  void laterAttemptsHaveTokensAndLimitsToo() {
    RetryPolicy timed =
        RetryPolicy.builder("timed").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> withToken =
        AsyncRetry.call(
            world.runtime(),
            POLICY,
            world.callToken,
            attempt -> {
              tokens.add(attempt);
              return tokens.size() == 1 ? failing() : new CompletableFuture<>();
            });
    world.clock.advanceUntil(() -> tokens.size() == 2);
    withToken.cancel(true);
    assertThat(tokens.get(1).isCancelled()).isTrue();

    world.calls = 0;
    CompletableFuture<String> limited =
        AsyncRetry.call(
            world.runtime(),
            timed,
            () -> ++world.calls == 1 ? failing() : new CompletableFuture<>());
    world.clock.advanceUntil(limited::isDone);
    assertThatThrownBy(limited::get).hasCauseInstanceOf(AttemptTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100})
  void aListenerMayCancelTheCallThatIsAboutToWait(long delay) {
    RetryPolicy policy = RetryPolicy.builder("call").baseDelay(Duration.ofMillis(delay)).build();
    List<CompletableFuture<String>> future = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onRetry(String method, FailedAttempt attempt) {
            future.get(0).cancel(true);
          }

          @Override
          public void onGiveUp(RetryReport report, Throwable thrown) {
            ends.add(report.attempts() + " " + report.reason());
          }
        };
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(world.clock)
            .executor(Runnable::run)
            .listener(listener)
            .build();
    var stage = new CompletableFuture<String>();
    future.add(AsyncRetry.call(runtime, policy, () -> stage));
    stage.completeExceptionally(overloaded);
    assertThat(future.get(0)).isCancelled();
    assertThat(ends).containsExactly("1 CANCELLED");
    assertThat(world.clock.scheduledCount()).isZero();
  }

  @Test
  void aCancellationByTheFirstAttemptEndsTheCallAtOnce() {
    var stage = new CompletableFuture<String>();
    CompletableFuture<String> future =
        call(
            () -> {
              world.application.cancel();
              return stage;
            });
    assertThat(future).isCancelled();
    assertThat(stage).isCancelled();
    assertThat(world.applicationToken.registered()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLaterAttemptMayEndItsOwnCall(boolean byThrowing) {
    var stage = new CompletableFuture<String>();
    List<CompletableFuture<String>> future = new ArrayList<>();
    future.add(
        call(
            () -> {
              if (++world.calls == 1) {
                throw overloaded;
              }
              future.get(0).cancel(true);
              if (byThrowing) {
                throw overloaded;
              }
              return stage;
            }));
    world.clock.advanceUntil(future.get(0)::isDone);
    assertThat(stage.isCancelled()).isNotEqualTo(byThrowing);
    assertThat(world.events).containsExactly("retry 1 OVERLOADED", "give up 2 CANCELLED");
    assertThat(world.clock.scheduledCount()).isZero();
  }

  @Test
  void aLaterAttemptThatThrowsWhenItsTimeIsUpHasTimedOut() {
    RetryPolicy timed =
        RetryPolicy.builder("timed").maxRetries(2).attemptTimeout(Duration.ofSeconds(1)).build();
    CompletableFuture<String> future =
        AsyncRetry.call(
            world.runtime(),
            timed,
            () -> {
              if (++world.calls == 3) {
                return CompletableFuture.completedFuture("ok");
              }
              world.clock.advance(Duration.ofSeconds(world.calls - 1));
              throw overloaded;
            });
    world.clock.advanceUntil(future::isDone);
    assertThat(world.events).containsExactly("retry 1 OVERLOADED", "retry 2 TIMEOUT", "success 3");
  }
}
