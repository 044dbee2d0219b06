package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FutureCall;
import dev.llmretry.runtime.generated.FutureRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Futures, whether or not the call takes an attempt. */
@ParameterizedClass
@EnumSource
class AsyncRetryTest {

  enum Path {
    /** Methods that take neither a token nor an attempt, as generated code calls them. */
    PLAIN,
    WITH_ATTEMPT
  }

  private final Path path;

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").baseDelay(Duration.ofMillis(100)).build();

  private final TestEnvironment environment = new TestEnvironment();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  AsyncRetryTest(Path path) {
    this.path = path;
  }

  private CompletableFuture<String> call(FutureCall<CompletableFuture<String>> call) {
    return call(environment.runtime(), POLICY, call);
  }

  private <T extends CompletionStage<String>> CompletableFuture<String> call(
      RetryRuntime runtime, RetryPolicy policy, FutureCall<T> call) {
    return path == Path.PLAIN
        ? FutureRetry.call(runtime, policy, call)
        : AsyncRetry.call(runtime, policy, attempt -> call.call());
  }

  private CompletableFuture<String> failing() {
    environment.calls++;
    return CompletableFuture.failedFuture(overloaded);
  }

  @Test
  void aCompleteFutureIsReturnedItself() {
    var done = CompletableFuture.completedFuture("ok");
    assertThat(call(() -> done)).isSameAs(done);
    assertThat(environment.events).containsExactly("success 1");
    assertThat(
            AsyncRetry.call(environment.runtime(), POLICY, environment.callToken, attempt -> done))
        .isSameAs(done);
    assertThat(environment.callToken.registered()).isZero();
    assertThat(environment.applicationToken.registered()).isZero();
  }

  @Test
  void anErrorThrownByTheFirstAttemptIsRethrownIfNotRetried() {
    var unknown = new Exception("checked, and not retried");
    assertThatThrownBy(
            () ->
                AsyncRetry.call(
                    environment.runtime(),
                    POLICY,
                    environment.callToken,
                    attempt -> {
                      throw unknown;
                    }))
        .isSameAs(unknown);
    assertThat(RetryTrace.find(unknown).report().reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void anErrorThrownByTheFirstAttemptIsRetriedWithoutBlocking() {
    CompletableFuture<String> future =
        call(
            () -> {
              if (++environment.calls == 1) {
                throw overloaded;
              }
              return CompletableFuture.completedFuture("ok");
            });
    assertThat(future).isNotDone();
    environment.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(environment.millis()).isEqualTo(100);
  }

  @Test
  void aNullFutureIsAFailure() {
    assertThatThrownBy(() -> call(() -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("call returned null");
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void aCallCancelledDuringADelayMakesNoFurtherAttempt() {
    CompletableFuture<String> future = call(this::failing);
    assertThat(environment.clock.scheduledCount()).isEqualTo(1);
    assertThat(future.cancel(true)).isTrue();
    assertThat(environment.clock.scheduledCount()).isZero();
    assertThat(environment.applicationToken.registered()).isZero();
    environment.clock.advance(Duration.ofSeconds(10));
    assertThat(environment.calls).isEqualTo(1);
    assertThat(environment.events).containsExactly("retry 1 OVERLOADED", "give up 1 CANCELLED");
    assertThat(future).isCancelled();
  }

  @Test
  void aCallCancelledInFlightCancelsTheAttemptAndItsToken() {
    var attempt = new CompletableFuture<String>();
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.call(
            environment.runtime(),
            POLICY,
            environment.callToken,
            token -> {
              tokens.add(token.token());
              return attempt;
            });
    future.cancel(false);
    assertThat(attempt).isCancelled();
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(environment.call.isCancelled()).isFalse();
    assertThat(environment.callToken.registered()).isZero();
    assertThat(environment.events).containsExactly("give up 1 CANCELLED");
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
    assertThat(environment.clock.scheduledCount()).isZero();
    assertThat(environment.applicationToken.registered()).isZero();
    assertThat(environment.events)
        .containsExactly("retry 1 OVERLOADED", "give up 1 CANCELLED", "give up 1 CANCELLED");
  }

  @Test
  void laterAttemptsRunInTheRuntimesExecutor() {
    List<Runnable> queued = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(environment.clock).executor(queued::add).build();
    CompletableFuture<String> future = call(runtime, POLICY, this::failing);
    environment.clock.advance(Duration.ofMillis(100));
    assertThat(environment.calls).isEqualTo(1);
    queued.remove(0).run();
    assertThat(environment.calls).isEqualTo(2);
    assertThat(future).isNotDone();
  }

  @Test
  void aCallIsCancelledWhileItsNextAttemptIsQueued() {
    List<Runnable> queued = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(environment.clock).executor(queued::add).build();
    CompletableFuture<String> future =
        AsyncRetry.call(runtime, POLICY, environment.callToken, attempt -> failing());
    environment.clock.advance(Duration.ofMillis(100));
    environment.call.cancel();
    assertThat(future).isCancelled();
    queued.remove(0).run();
    assertThat(environment.calls).isEqualTo(1);
  }

  @Test
  void anExecutorThatRejectsAnAttemptEndsTheCallWithTheLastError() {
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(environment.clock)
            .executor(
                attempt -> {
                  throw new RejectedExecutionException("a refusal; its warning is expected");
                })
            .build();
    CompletableFuture<String> future = call(runtime, POLICY, this::failing);
    environment.clock.advance(Duration.ofMillis(100));
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(RetryTrace.find(overloaded).report().reason())
        .isEqualTo(GiveUpReason.EXECUTOR_REJECTED);
  }

  @Test
  void theErrorIsTheDelegatesAndHasTheTrace() {
    var refused = new ProviderError(FailureKind.UNAUTHORIZED);
    var wrapped = new CompletionException(refused);
    CompletableFuture<String> future = call(() -> CompletableFuture.failedFuture(wrapped));
    assertThatThrownBy(future::join).isSameAs(wrapped);
    assertThatThrownBy(future::get).hasCause(refused);
    assertThat(RetryTrace.find(refused).report().reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
  }

  @Test
  void aCancelledCallKeepsItsLastFailure() {
    CompletableFuture<String> future =
        AsyncRetry.call(environment.runtime(), POLICY, environment.callToken, attempt -> failing());
    environment.call.cancel();
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
  void aBlockingRetryDoesNotRepeatAnExhaustedNestedFuture(Getting getting) {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ZERO).build();
    assertThatThrownBy(
            () ->
                Retry.call(
                    environment.runtime(),
                    POLICY,
                    null,
                    attempt -> getting.from(call(environment.runtime(), inner, this::failing))))
        .hasCause(overloaded);
    assertThat(environment.calls).isEqualTo(2);
    assertThat(environment.waits).containsExactly(0L);
  }

  @Test
  void aDependentOfAnExhaustedFutureIsNotRetried() {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ZERO).build();
    CompletableFuture<String> future =
        call(
            () ->
                call(environment.runtime(), inner, this::failing)
                    .thenApply(String::strip)
                    .whenComplete((result, error) -> {}));
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(environment.calls).isEqualTo(2);
    assertThat(environment.events).last().isEqualTo("give up 1 ALREADY_RETRIED");
  }

  @Test
  void anotherErrorOfADependentOfAnExhaustedFutureIsRetried() {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ZERO).build();
    CompletableFuture<String> future =
        call(
            () ->
                call(environment.runtime(), inner, this::failing)
                    .handle(
                        (result, error) -> {
                          throw new CompletionException(new ProviderError(FailureKind.NETWORK));
                        }));
    environment.clock.advanceUntil(future::isDone);
    assertThat(environment.calls).isEqualTo(4 * 2);
    assertThat(environment.events).last().isEqualTo("give up 4 ATTEMPTS_EXHAUSTED");
  }

  @Test
  void aGatedAttemptIsNotRetriedAfterItsFirstElement() {
    var stage = new CompletableFuture<String>();
    List<String> received = new ArrayList<>();
    List<CallbackGate> gates = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            POLICY,
            FutureRetry.gated(
                POLICY,
                (gate, attempt) -> {
                  gates.add(gate);
                  return gates.size() == 1 ? failing() : stage;
                }));
    environment.clock.advanceUntil(() -> gates.size() == 2);
    gates.get(0).element("of an attempt that has failed", () -> received.add("never"));
    gates.get(1).element("one", () -> received.add("one"));
    stage.completeExceptionally(overloaded);
    gates.get(1).element("two", () -> received.add("two"));
    assertThat(received).containsExactly("one");
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(RetryTrace.find(overloaded).report().reason())
        .isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
  }

  @Test
  void aGatedAttemptThatThrowsIsNotRetriedAfterItsFirstElement() {
    List<String> received = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            POLICY,
            FutureRetry.gated(
                POLICY,
                (gate, attempt) -> {
                  gate.element("one", () -> received.add("one"));
                  throw overloaded;
                }));
    assertThatThrownBy(future::get).hasCause(overloaded);
    assertThat(received).containsExactly("one");
    assertThat(environment.events).containsExactly("give up 1 ELEMENTS_DELIVERED");
  }

  @Test
  void aGatedAttemptDoesNotTimeOutAfterItsFirstContent() {
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
    List<String> received = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            timed,
            environment.callToken,
            FutureRetry.gated(
                timed,
                (gate, attempt) -> {
                  tokens.add(attempt.token());
                  gates.add(gate);
                  stages.add(new CompletableFuture<>());
                  gate.element("#", () -> received.add("#"));
                  return stages.get(stages.size() - 1);
                }));
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.get(0).isCancelled()).isTrue();
    environment.clock.advance(Duration.ofMillis(100));
    gates.get(1).element("one", () -> received.add("one"));
    environment.clock.advance(Duration.ofHours(1));
    gates.get(1).element("two", () -> received.add("two"));
    assertThat(tokens.get(1).isCancelled()).isFalse();
    stages.get(1).complete("ok");
    assertThat(received).containsExactly("#", "one", "two");
    assertThat(future).isCompletedWithValue("ok");
    assertThat(environment.callToken.registered()).isZero();
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void contentEmittedBeforeTheAttemptReturnsPreventsItsTimeOut() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    List<String> received = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            timed,
            FutureRetry.gated(
                timed,
                (gate, attempt) -> {
                  gate.element("one", () -> received.add("one"));
                  environment.clock.advance(Duration.ofHours(1));
                  gate.element("two", () -> received.add("two"));
                  return CompletableFuture.completedFuture("ok");
                }));
    assertThat(received).containsExactly("one", "two");
    assertThat(future).isCompletedWithValue("ok");
    assertThat(environment.events).containsExactly("success 1");
  }

  /** By the attempt itself, before it has a stage; in response to the cancellation; after that. */
  @ParameterizedTest
  @ValueSource(strings = {"at once", "when cancelled", "after that"})
  void contentAfterTheTimeOutIsDroppedAndTheAttemptRetried(String when) {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    List<String> received = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            timed,
            null,
            FutureRetry.gated(
                timed,
                (gate, attempt) -> {
                  if (++environment.calls > 1) {
                    gate.element("in time", () -> received.add("in time"));
                    return CompletableFuture.completedFuture("ok");
                  }
                  Runnable late = () -> gate.element("late", () -> received.add("late"));
                  var stage = new CompletableFuture<String>();
                  if (when.equals("at once")) {
                    environment.clock.advance(Duration.ofSeconds(1));
                    late.run();
                  } else if (when.equals("when cancelled")) {
                    attempt.token().onCancel(late);
                  } else {
                    attempt
                        .token()
                        .onCancel(
                            () -> {
                              late.run();
                              stage.complete("without its elements");
                            });
                  }
                  return stage;
                }));
    environment.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(received).containsExactly("in time");
    assertThat(environment.events).containsExactly("retry 1 TIMEOUT", "success 2");
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void cancellingTheFutureCancelsTheTokenOfAGatedAttempt() {
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            POLICY,
            null,
            FutureRetry.gated(
                POLICY,
                (gate, attempt) -> {
                  tokens.add(attempt.token());
                  return tokens.size() == 1 ? failing() : new CompletableFuture<>();
                }));
    environment.clock.advanceUntil(() -> tokens.size() == 2);
    future.cancel(true);
    assertThat(tokens).extracting(CancellationToken::isCancelled).containsExactly(false, true);
  }

  @Test
  void aMinimalStageIsRetriedToo() {
    CompletableFuture<String> future =
        AsyncRetry.<String>call(
            environment.runtime(),
            POLICY,
            environment.callToken,
            attempt ->
                ++environment.calls == 1
                    ? CompletableFuture.<String>failedStage(overloaded)
                    : CompletableFuture.completedStage("ok"));
    environment.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void aFallbackThatFailsWithTheSameErrorIsRetried() {
    CompletableFuture<String> future =
        call(this::failing).exceptionallyCompose(error -> call(this::failing));
    environment.clock.advanceUntil(future::isDone);
    assertThat(environment.calls).isEqualTo(8);
    assertThat(environment.waits).containsExactly(100L, 200L, 400L, 100L, 200L, 400L);
  }

  @Test
  void aClockThatFailsEndsTheCall() {
    List<Runnable> scheduled = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(new FailingClock(scheduled)).executor(Runnable::run).build();
    RetryPolicy timed = RetryPolicy.builder("timed").deadline(Duration.ofSeconds(1)).build();
    CompletableFuture<String> future = call(runtime, timed, this::failing);
    scheduled.forEach(Runnable::run);
    assertThatThrownBy(future::get).hasCause(overloaded);
  }

  @Test
  void onlyTheFirstCompletionOfAStageCounts() {
    var stage = new ManualStage();
    CompletableFuture<String> future = call(environment.runtime(), POLICY, () -> stage.stage());
    stage.complete(null, overloaded);
    stage.complete(null, overloaded);
    stage.complete("late", null);
    assertThat(environment.waits).containsExactly(100L);
    assertThat(future).isNotDone();
  }

  @Test
  void aSecondCompletionOfAnEarlierStageIsIgnored() {
    var stage = new ManualStage();
    var next = new CompletableFuture<String>();
    CompletableFuture<String> future =
        call(environment.runtime(), POLICY, () -> ++environment.calls == 1 ? stage.stage() : next);
    stage.complete(null, overloaded);
    environment.clock.advance(Duration.ofMillis(100));
    assertThat(environment.calls).isEqualTo(2);
    stage.complete("late", null);
    assertThat(future).isNotDone();
    next.complete("ok");
    assertThat(future).isCompletedWithValue("ok");
  }

  @Test
  void completionFromOutsideReturnsWhetherItWasFirst() {
    CompletableFuture<String> completed = call(this::failing);
    assertThat(completed.complete("mine")).isTrue();
    assertThat(completed.complete("again")).isFalse();
    assertThat(completed.completeExceptionally(overloaded)).isFalse();
    assertThat(completed.cancel(true)).isFalse();
    assertThat(call(this::failing).completeExceptionally(overloaded)).isTrue();
  }

  @Test
  void aListenerIsNotifiedOfALateResult() {
    List<Integer> received = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onSuccess(RetryEvent event) {
            received.add(event.attempt());
          }
        };
    var stage = new CompletableFuture<String>();
    CompletableFuture<String> future =
        call(RetryRuntime.builder().listener(listener).build(), POLICY, () -> stage);
    assertThat(received).isEmpty();
    stage.complete("ok");
    assertThat(received).containsExactly(1);
    assertThat(future).isCompletedWithValue("ok");
  }

  @Test
  void anErrorOfTheFirstAttemptIsThrownAndLeavesNothing() {
    var error = new AssertionError("of the delegate");
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofHours(1)).build();
    assertThatThrownBy(
            () ->
                AsyncRetry.call(
                    environment.runtime(),
                    timed,
                    environment.callToken,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(environment.callToken.registered()).isZero();
    assertThat(environment.applicationToken.registered()).isZero();
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void anErrorThatANestedFutureIsCompletedWithIsRetried() {
    CompletableFuture<String> future =
        call(
            () -> {
              environment.calls++;
              CompletableFuture<String> inner = call(CompletableFuture::new);
              inner.completeExceptionally(overloaded);
              return inner;
            });
    environment.clock.advanceUntil(future::isDone);
    assertThat(environment.calls).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anErrorThrownByALaterAttemptIsRetried(boolean withToken) {
    FutureCall<CompletableFuture<String>> throwing =
        () -> {
          if (++environment.calls < 4) {
            throw overloaded;
          }
          return CompletableFuture.completedFuture("ok");
        };
    CompletableFuture<String> future =
        withToken
            ? AsyncRetry.call(
                environment.runtime(), POLICY, environment.callToken, attempt -> throwing.call())
            : call(throwing);
    environment.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(environment.waits).containsExactly(100L, 200L, 400L);
    assertThat(environment.events)
        .containsExactly(
            "retry 1 OVERLOADED", "retry 2 OVERLOADED", "retry 3 OVERLOADED", "success 4");
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void anExhaustedNestedErrorOfALaterAttemptIsNotRetried() {
    RetryPolicy once = RetryPolicy.builder("inner").maxRetries(0).build();
    CompletableFuture<String> future =
        call(
            () -> {
              environment.calls++;
              return environment.calls == 1
                  ? CompletableFuture.failedFuture(overloaded)
                  : call(
                      environment.runtime(),
                      once,
                      () -> {
                        throw overloaded;
                      });
            });
    environment.clock.advanceUntil(future::isDone);
    assertThat(environment.calls).isEqualTo(2);
    assertThat(environment.events).last().isEqualTo("give up 2 ALREADY_RETRIED");
  }

  @Test
  void laterAttemptsHaveTokensAndLimitsToo() {
    RetryPolicy timed =
        RetryPolicy.builder("timed").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> withToken =
        AsyncRetry.call(
            environment.runtime(),
            POLICY,
            environment.callToken,
            attempt -> {
              tokens.add(attempt.token());
              return tokens.size() == 1 ? failing() : new CompletableFuture<>();
            });
    environment.clock.advanceUntil(() -> tokens.size() == 2);
    withToken.cancel(true);
    assertThat(tokens.get(1).isCancelled()).isTrue();

    environment.calls = 0;
    CompletableFuture<String> limited =
        call(
            environment.runtime(),
            timed,
            () -> ++environment.calls == 1 ? failing() : new CompletableFuture<>());
    environment.clock.advanceUntil(limited::isDone);
    assertThatThrownBy(limited::get).hasCauseInstanceOf(AttemptTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100})
  void aListenerMayCancelTheCallBeforeItsDelay(long delay) {
    RetryPolicy policy = RetryPolicy.builder("call").baseDelay(Duration.ofMillis(delay)).build();
    List<CompletableFuture<String>> future = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt attempt) {
            future.get(0).cancel(true);
          }

          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
            ends.add(report.attempts() + " " + report.reason());
          }
        };
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(environment.clock)
            .executor(Runnable::run)
            .listener(listener)
            .build();
    var stage = new CompletableFuture<String>();
    future.add(call(runtime, policy, () -> stage));
    stage.completeExceptionally(overloaded);
    assertThat(future.get(0)).isCancelled();
    assertThat(ends).containsExactly("1 CANCELLED");
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void aCancellationByTheFirstAttemptEndsTheCallAtOnce() {
    var stage = new CompletableFuture<String>();
    CompletableFuture<String> future =
        call(
            () -> {
              environment.application.cancel();
              return stage;
            });
    assertThat(future).isCancelled();
    assertThat(stage).isCancelled();
    assertThat(environment.applicationToken.registered()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLaterAttemptMayCancelItsOwnCall(boolean byThrowing) {
    var stage = new CompletableFuture<String>();
    List<CompletableFuture<String>> future = new ArrayList<>();
    future.add(
        call(
            () -> {
              if (++environment.calls == 1) {
                throw overloaded;
              }
              future.get(0).cancel(true);
              if (byThrowing) {
                throw overloaded;
              }
              return stage;
            }));
    environment.clock.advanceUntil(future.get(0)::isDone);
    assertThat(stage.isCancelled()).isNotEqualTo(byThrowing);
    assertThat(environment.events).containsExactly("retry 1 OVERLOADED", "give up 2 CANCELLED");
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void aLaterAttemptIsAbandonedIfItHasReturnedNoFutureWhenItTimesOut() {
    RetryPolicy timed =
        RetryPolicy.builder("timed").maxRetries(2).attemptTimeout(Duration.ofSeconds(1)).build();
    CompletableFuture<String> future =
        call(
            environment.runtime(),
            timed,
            () -> {
              if (++environment.calls == 3) {
                return CompletableFuture.completedFuture("ok");
              }
              environment.clock.advance(Duration.ofSeconds(environment.calls - 1));
              throw overloaded;
            });
    environment.clock.advanceUntil(future::isDone);
    assertThat(environment.events)
        .containsExactly("retry 1 OVERLOADED", "retry 2 TIMEOUT", "success 3");
  }
}
