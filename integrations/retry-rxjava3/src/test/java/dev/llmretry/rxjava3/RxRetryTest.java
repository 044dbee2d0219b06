package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Nested;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.RefusingClock;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What holds for all five types. */
class RxRetryTest {

  @RegisterExtension final Surroundings world = new Surroundings();

  private final RetryPolicy policy = RetryPolicy.builder("chat").build();

  private static ProviderError server() {
    return new ProviderError(FailureKind.SERVER);
  }

  /** Fails so many times, each time with an error of its own, then succeeds. */
  private Shape.Call failing(int times) {
    return attempt ->
        world.calls.incrementAndGet() <= times ? Maybe.error(server()) : Maybe.just("ok");
  }

  private Shape.Call failingWith(Throwable error) {
    return attempt -> {
      world.calls.incrementAndGet();
      return Maybe.error(error);
    };
  }

  private Shape.Call answeringWith(Maybe<String> answer) {
    return attempt -> {
      world.calls.incrementAndGet();
      return answer;
    };
  }

  private static GiveUpReason reason(Throwable error) {
    return RetryTrace.find(error).report().reason();
  }

  private static Throwable errorOf(TestSubscriber<?> subscriber) {
    var error = new AtomicReference<Throwable>();
    subscriber.assertError(
        thrown -> {
          error.set(thrown);
          return true;
        });
    return error.get();
  }

  @ParameterizedTest
  @EnumSource
  void aResultIsOneCall(Shape shape) {
    shape
        .retry(world.runtime, policy, world.token, failing(0))
        .test()
        .assertValueSequence(shape.result("ok"))
        .assertComplete();
    assertThat(world.calls).hasValue(1);
    assertThat(world.events).containsExactly("success 1");
  }

  /** Rejects results, but no elements. */
  private static final class NoResult implements ResultCheck<String> {

    @Override
    public Rejection check(String result) {
      return Rejection.of("a result");
    }

    @Override
    public Rejection checkElement(String element) {
      return null;
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMPLETABLE")
  void elementsAreCheckedAsSuchAndTheValueOfASingleOrMaybeAsAResult(Shape shape) {
    RetryPolicy checked = RetryPolicy.builder("ask").maxRetries(0).check(new NoResult()).build();
    shape.retry(world.runtime, checked, failing(0)).test().assertValue("ok").assertComplete();
    boolean isResult = shape == Shape.SINGLE || shape == Shape.MAYBE;
    assertThat(world.events).containsExactly(isResult ? "give up 1 RESULT_REJECTED" : "success 1");
  }

  @ParameterizedTest
  @EnumSource
  void nothingHappensBeforeThereIsASubscriber(Shape shape) {
    Flowable<String> retried = shape.retry(world.runtime, policy, failing(0));
    assertThat(world.calls).hasValue(0);
    retried.test().assertComplete();
    retried.test().assertComplete();
    assertThat(world.calls).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void waits100Then200Then400Milliseconds(Shape shape) {
    TestSubscriber<String> subscriber =
        shape.retry(world.runtime, policy, world.token, failing(3)).test();
    assertThat(world.calls).hasValue(1);
    world.advance(99);
    assertThat(world.calls).hasValue(1);
    world.advance(1);
    assertThat(world.calls).hasValue(2);
    world.advance(199);
    assertThat(world.calls).hasValue(2);
    world.advance(1);
    assertThat(world.calls).hasValue(3);
    world.advance(399);
    assertThat(world.calls).hasValue(3);
    subscriber.assertNotComplete();
    world.advance(1);
    subscriber.assertValueSequence(shape.result("ok")).assertComplete();
    assertThat(world.events)
        .containsExactly("retry 1 SERVER", "retry 2 SERVER", "retry 3 SERVER", "success 4");
  }

  @ParameterizedTest
  @EnumSource
  void waitsByTheClockOfTheRuntime(Shape shape) {
    TestSubscriber<String> subscriber = shape.retry(world.clocked, policy, failing(2)).test();
    world.clock.advance(Duration.ofMillis(100));
    assertThat(world.calls).hasValue(2);
    world.clock.advance(Duration.ofMillis(199));
    assertThat(world.calls).hasValue(2);
    world.clock.advance(Duration.ofMillis(1));
    subscriber.assertValueSequence(shape.result("ok")).assertComplete();
  }

  @ParameterizedTest
  @EnumSource
  void theLastErrorIsSignalledItself(Shape shape) {
    ProviderError error = server();
    TestSubscriber<String> subscriber =
        shape.retry(world.runtime, policy, failingWith(error)).test();
    world.advance(700);
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(reason(error)).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
    assertThat(world.calls).hasValue(4);
    assertThat(world.events).last().isEqualTo("give up 4 ATTEMPTS_EXHAUSTED");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotRetryableIsSignalledAtOnce(Shape shape) {
    ProviderError error = new ProviderError(FailureKind.UNAUTHORIZED);
    TestSubscriber<String> subscriber =
        shape.retry(world.runtime, policy, world.token, failingWith(error)).test();
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(reason(error)).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    assertThat(world.calls).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void waitsAsLongAsTheProviderAsks(Shape shape) {
    var busy = new ProviderError(FailureKind.RATE_LIMITED, Duration.ofSeconds(7));
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.runtime,
                policy,
                attempt ->
                    world.calls.incrementAndGet() == 1 ? Maybe.error(busy) : Maybe.just("ok"))
            .test();
    world.advance(6_999);
    assertThat(world.calls).hasValue(1);
    world.advance(1);
    subscriber.assertValueSequence(shape.result("ok")).assertComplete();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCallThrowsIsAFailure(Shape shape) {
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.runtime,
                policy,
                world.token,
                attempt -> {
                  if (world.calls.incrementAndGet() == 1) {
                    throw server();
                  }
                  return Maybe.just("ok");
                })
            .test();
    world.advance(100);
    subscriber.assertValueSequence(shape.result("ok")).assertComplete();
    assertThat(world.calls).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorIsHandedOnAndNotRetried(Shape shape) {
    var error = new NoClassDefFoundError("com/acme/Client");
    shape
        .retry(
            world.runtime,
            policy,
            world.token,
            attempt -> {
              throw error;
            })
        .test()
        .assertError(thrown -> thrown == error);
  }

  @Test
  void nullInsteadOfAPublisherIsAFailure() {
    RxRetry.flowable(world.runtime, policy, attempt -> null)
        .test()
        .assertError(
            e -> e instanceof NullPointerException && e.getMessage().startsWith("chat returned"));
    RxRetry.single(world.runtime, policy, attempt -> null)
        .test()
        .assertError(NullPointerException.class);
    RxRetry.maybe(world.runtime, policy, attempt -> null)
        .test()
        .assertError(NullPointerException.class);
    RxRetry.observable(world.runtime, policy, world.token, attempt -> null)
        .test()
        .assertError(NullPointerException.class);
    RxRetry.completable(world.runtime, policy, world.token, attempt -> null)
        .test()
        .assertError(NullPointerException.class);
  }

  @Test
  void nothingAtAllIsAResult() {
    RxRetry.maybe(world.runtime, policy, attempt -> Maybe.empty()).test().assertResult();
    RxRetry.flowable(world.runtime, policy, attempt -> Flowable.empty()).test().assertResult();
    assertThat(world.events).containsExactly("success 1", "success 1");
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatIsCancelledAlreadyIsNotMade(Shape shape) {
    world.source.cancel();
    shape
        .retry(world.runtime, policy, world.token, failing(0))
        .test()
        .assertError(CancelledException.class);
    assertThat(world.calls).hasValue(0);
    assertThat(world.events).containsExactly("give up 0 CANCELLED");
  }

  @ParameterizedTest
  @EnumSource
  void cancellationEndsAWait(Shape shape) {
    ProviderError error = server();
    TestSubscriber<String> subscriber =
        shape.retry(world.clocked, policy, world.token, failingWith(error)).test();
    assertThat(world.clock.scheduledCount()).isOne();
    assertThat(world.token.registered()).isOne();
    world.source.cancel();
    assertThat(errorOf(subscriber)).isInstanceOf(CancelledException.class).hasCause(error);
    world.checkNothingIsLeft();
    world.advance(1000);
    assertThat(world.calls).hasValue(1);
    assertThat(world.events).containsExactly("retry 1 SERVER", "give up 1 CANCELLED");
  }

  @ParameterizedTest
  @EnumSource
  void cancellationOfAllCallsEndsAWaitToo(Shape shape) {
    TestSubscriber<String> subscriber = shape.retry(world.runtime, policy, failing(1)).test();
    assertThat(world.application.registered()).isOne();
    world.applicationSource.cancel();
    subscriber.assertError(CancelledException.class);
    world.checkNothingIsLeft();
    world.advance(1000);
    assertThat(world.calls).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void cancellationEndsAnAttemptInFlight(Shape shape) {
    MaybeSubject<String> answer = MaybeSubject.create();
    List<CancellationToken> attempts = new ArrayList<>();
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.clocked,
                RetryPolicy.builder("chat").attemptTimeout(Duration.ofSeconds(1)).build(),
                world.token,
                attempt -> {
                  attempts.add(attempt.token());
                  return answer;
                })
            .test();
    assertThat(answer.hasObservers()).isTrue();
    assertThat(attempts.get(0).isCancelled()).isFalse();
    world.source.cancel();
    assertThat(answer.hasObservers()).isFalse();
    assertThat(attempts.get(0).isCancelled()).isTrue();
    subscriber.assertError(CancelledException.class);
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
    world.checkNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void cancellationDuringTheCallItselfEndsIt(Shape shape) {
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.runtime,
                policy,
                world.token,
                attempt -> {
                  world.source.cancel();
                  return Maybe.just("too late");
                })
            .test();
    subscriber.assertNoValues().assertError(CancelledException.class);
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
  }

  @ParameterizedTest
  @EnumSource
  void disposalEndsAWait(Shape shape) {
    TestSubscriber<String> subscriber =
        shape.retry(world.clocked, policy, world.token, failing(1)).test();
    subscriber.cancel();
    world.checkNothingIsLeft();
    world.advance(1000);
    assertThat(world.calls).hasValue(1);
    assertThat(world.events).containsExactly("retry 1 SERVER", "give up 1 CANCELLED");
    subscriber.assertNoValues().assertNoErrors().assertNotComplete();
  }

  @ParameterizedTest
  @EnumSource
  void disposalEndsAnAttemptInFlight(Shape shape) {
    MaybeSubject<String> answer = MaybeSubject.create();
    List<CancellationToken> attempts = new ArrayList<>();
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.clocked,
                RetryPolicy.builder("chat").attemptTimeout(Duration.ofSeconds(1)).build(),
                world.token,
                attempt -> {
                  attempts.add(attempt.token());
                  return answer;
                })
            .test();
    subscriber.cancel();
    assertThat(answer.hasObservers()).isFalse();
    assertThat(attempts.get(0).isCancelled()).isTrue();
    world.source.cancel();
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
    world.checkNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatEndsKeepsItsTokenAsItIs(Shape shape) {
    List<CancellationToken> attempts = new ArrayList<>();
    shape
        .retry(
            world.runtime,
            policy,
            world.token,
            attempt -> {
              attempts.add(attempt.token());
              return attempts.size() == 1 ? Maybe.error(server()) : Maybe.just("ok");
            })
        .test();
    assertThat(world.token.registered()).as("the wait's alone").isOne();
    world.advance(100);
    world.checkNothingIsLeft();
    world.source.cancel();
    assertThat(attempts).hasSize(2).noneMatch(CancellationToken::isCancelled);
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatTakesTooLongIsGivenUpAndRetried(Shape shape) {
    MaybeSubject<String> slow = MaybeSubject.create();
    List<CancellationToken> attempts = new ArrayList<>();
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.runtime,
                RetryPolicy.builder("chat").attemptTimeout(Duration.ofSeconds(1)).build(),
                world.token,
                attempt -> {
                  attempts.add(attempt.token());
                  return attempts.size() == 1 ? slow : Maybe.just("ok");
                })
            .test();
    world.advance(999);
    assertThat(slow.hasObservers()).isTrue();
    world.advance(1);
    assertThat(slow.hasObservers()).isFalse();
    assertThat(attempts.get(0).isCancelled()).isTrue();
    world.advance(100);
    subscriber.assertValueSequence(shape.result("ok")).assertComplete();
    assertThat(attempts.get(1).isCancelled()).isFalse();
    assertThat(world.events).containsExactly("retry 1 TIMEOUT", "success 2");
  }

  @ParameterizedTest
  @EnumSource
  void theLastTimeOutIsSignalled(Shape shape) {
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.clocked,
                RetryPolicy.builder("chat")
                    .maxRetries(1)
                    .attemptTimeout(Duration.ofSeconds(1))
                    .build(),
                answeringWith(Maybe.never()))
            .test();
    world.clock.advance(Duration.ofMillis(2_099));
    subscriber.assertNoErrors();
    world.clock.advance(Duration.ofMillis(1));
    subscriber.assertError(AttemptTimeoutException.class);
    assertThat(world.calls).hasValue(2);
    assertThat(world.events).containsExactly("retry 1 TIMEOUT", "give up 2 ATTEMPTS_EXHAUSTED");
  }

  @ParameterizedTest
  @EnumSource
  void theDeadlineEndsAnAttemptAndTheCall(Shape shape) {
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.clocked,
                RetryPolicy.builder("chat").deadline(Duration.ofSeconds(1)).build(),
                world.token,
                attempt ->
                    world.calls.incrementAndGet() == 1 ? Maybe.error(server()) : Maybe.never())
            .test();
    world.clock.advance(Duration.ofMillis(1_000));
    Throwable error = errorOf(subscriber);
    assertThat(error).isInstanceOf(AttemptTimeoutException.class);
    assertThat(reason(error)).isEqualTo(GiveUpReason.DEADLINE);
    assertThat(world.calls).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void whatAnAttemptSaysToItsOwnTimeOutIsExpected(Shape shape) {
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.runtime,
                RetryPolicy.builder("chat")
                    .maxRetries(0)
                    .attemptTimeout(Duration.ofSeconds(1))
                    .build(),
                world.token,
                attempt -> {
                  MaybeSubject<String> answer = MaybeSubject.create();
                  attempt.token().onCancel(() -> answer.onError(new CancelledException("obeyed")));
                  return answer;
                })
            .test();
    world.advance(1_000);
    subscriber.assertError(AttemptTimeoutException.class);
  }

  @Test
  void anErrorThatComesTooLateGoesWhereRxJavaSendsIt() {
    ProviderError late = server();
    var attempt = new AtomicReference<Subscriber<?>>();
    TestSubscriber<String> subscriber =
        RxRetry.<String>flowable(
                world.runtime,
                policy,
                each ->
                    new Flowable<String>() {
                      @Override
                      protected void subscribeActual(Subscriber<? super String> s) {
                        s.onSubscribe(
                            new Subscription() {
                              @Override
                              public void request(long n) {}

                              @Override
                              public void cancel() {}
                            });
                        attempt.set(s);
                      }
                    })
            .test();
    subscriber.cancel();
    attempt.get().onError(late);
    subscriber.assertNoErrors();
    assertThat(world.unheard).singleElement().satisfies(e -> assertThat(e).hasCause(late));
    world.unheard.clear();
  }

  /** Operators throw it at their upstream instead of signalling it. */
  @Test
  void aFatalErrorOfAnOperatorReachesTheSubscriber() {
    var fatal = new NoClassDefFoundError("Response");
    TestSubscriber<String> subscriber =
        Shape.FLOWABLE
            .retry(world.runtime, policy, world.token, failing(0))
            .<String>map(
                element -> {
                  throw fatal;
                })
            .test();
    assertThat(errorOf(subscriber)).isSameAs(fatal);
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
  }

  @ParameterizedTest
  @EnumSource
  void nestedRetriesAddAndDoNotMultiply(Shape shape) {
    ProviderError error = server();
    RetryPolicy outer = RetryPolicy.builder("outer").build();
    Flowable<String> inner = shape.retry(world.clocked, policy, failingWith(error));
    TestSubscriber<String> subscriber =
        shape.retry(world.clocked, outer, world.token, attempt -> inner.singleElement()).test();
    world.advance(10_000);
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(world.calls).hasValue(4);
    assertThat(world.events).endsWith("give up 4 ATTEMPTS_EXHAUSTED", "give up 1 ALREADY_RETRIED");
  }

  @ParameterizedTest
  @EnumSource
  void nestedRetriesMultiplyWhereThatIsAskedFor(Shape shape) {
    RetryPolicy outer = RetryPolicy.builder("outer").nested(Nested.RETRY).build();
    Flowable<String> inner = shape.retry(world.clocked, policy, failing(5));
    TestSubscriber<String> subscriber =
        shape.retry(world.clocked, outer, attempt -> inner.singleElement()).test();
    world.advance(10_000);
    subscriber.assertValueSequence(shape.result("ok")).assertComplete();
    assertThat(world.calls).hasValue(6);
  }

  @ParameterizedTest
  @EnumSource
  void aBlockingCallInsideIsNotRetriedAgain(Shape shape) {
    ProviderError error = server();
    var blocking = RetryPolicy.builder("blocking").baseDelay(Duration.ZERO).build();
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.runtime,
                policy,
                attempt ->
                    Maybe.<String>fromCallable(
                            () ->
                                Retry.call(
                                    blocking,
                                    attempt.token(),
                                    inner -> {
                                      world.calls.incrementAndGet();
                                      throw error;
                                    }))
                        .subscribeOn(Schedulers.from(Runnable::run)))
            .test();
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(reason(error)).isEqualTo(GiveUpReason.ALREADY_RETRIED);
    assertThat(world.calls).hasValue(4);
  }

  @ParameterizedTest
  @EnumSource
  void theSameErrorFromElsewhereIsRetried(Shape shape) {
    ProviderError shared = server();
    shape
        .retry(
            world.clocked,
            RetryPolicy.builder("other").maxRetries(0).build(),
            attempt -> Maybe.error(shared))
        .test()
        .assertError(shared);
    TestSubscriber<String> subscriber =
        shape
            .retry(
                world.clocked,
                policy,
                attempt ->
                    world.calls.incrementAndGet() == 1 ? Maybe.error(shared) : Maybe.just("ok"))
            .test();
    world.advance(100);
    subscriber.assertComplete();
  }

  @ParameterizedTest
  @EnumSource
  void laterAttemptsRunInTheExecutorOfARuntimeWithAClock(Shape shape) {
    List<Runnable> handedOver = new ArrayList<>();
    RetryRuntime runtime =
        RetryRuntime.builder().clock(world.clock).executor(handedOver::add).build();
    TestSubscriber<String> subscriber =
        shape.retry(runtime, policy, world.token, failing(1)).test();
    world.clock.advance(Duration.ofMillis(100));
    assertThat(world.calls).hasValue(1);
    handedOver.remove(0).run();
    subscriber.assertComplete();
    assertThat(world.calls).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void laterAttemptsRunInAnExecutorThatWasSetAfterRxJavasWait(Shape shape) {
    List<Runnable> handedOver = new ArrayList<>();
    RetryRuntime runtime = RetryRuntime.builder().executor(handedOver::add).build();
    TestSubscriber<String> subscriber = shape.retry(runtime, policy, failing(1)).test();
    world.advance(100);
    assertThat(world.calls).hasValue(1);
    handedOver.remove(0).run();
    subscriber.assertComplete();
    assertThat(world.calls).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void laterAttemptsRunInTheExecutorThatTheSubscriberAskedFor(Shape shape) {
    List<String> ran = new ArrayList<>();
    String[] user = {"Ann"};
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(world.clock)
            .executorPerCall(
                () -> {
                  String asker = user[0];
                  return attempt -> {
                    ran.add(asker);
                    attempt.run();
                  };
                })
            .build();
    TestSubscriber<String> subscriber = shape.retry(runtime, policy, failing(2)).test();
    user[0] = "Ben";
    world.clock.advance(Duration.ofMillis(300));
    subscriber.assertComplete();
    assertThat(ran).containsExactly("Ann", "Ann");
  }

  @ParameterizedTest
  @EnumSource
  void anExecutorThatRefusesEndsTheCall(Shape shape) {
    Logger logger = Logger.getLogger("dev.llmretry");
    logger.setFilter(record -> false);
    ProviderError error = server();
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(world.clock)
            .executor(
                task -> {
                  throw new RejectedExecutionException("closed");
                })
            .build();
    TestSubscriber<String> subscriber =
        shape.retry(runtime, policy, world.token, failingWith(error)).test();
    world.clock.advance(Duration.ofMillis(100));
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(reason(error)).isEqualTo(GiveUpReason.EXECUTOR_REJECTED);
    logger.setFilter(null);
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatCannotBoundAnAttemptEndsTheCall(Shape shape) {
    Logger logger = Logger.getLogger("dev.llmretry");
    logger.setFilter(record -> false);
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    ProviderError error = server();
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(new RefusingClock(world.clock, 2))
            .executor(Runnable::run)
            .build();
    TestSubscriber<String> subscriber =
        shape.retry(runtime, timed, world.token, failingWith(error)).test();
    world.clock.advance(Duration.ofMillis(100));
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(reason(error)).isEqualTo(GiveUpReason.EXECUTOR_REJECTED);
    assertThat(world.clock.scheduledCount()).isZero();
    logger.setFilter(null);
  }

  @Test
  void anAttemptTimesOutAlthoughTheExecutorRefuses() {
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(world.clock)
            .executor(
                task -> {
                  throw new RejectedExecutionException("closed");
                })
            .build();
    RetryPolicy timed =
        RetryPolicy.builder("chat").maxRetries(0).attemptTimeout(Duration.ofSeconds(1)).build();
    TestSubscriber<String> subscriber =
        Shape.SINGLE.retry(runtime, timed, world.token, answeringWith(Maybe.never())).test();
    world.clock.advance(Duration.ofSeconds(1));
    subscriber.assertError(AttemptTimeoutException.class);
  }

  @Test
  void aStopDuringADecisionIsHeardOfOnce() {
    ProviderError error = server();
    RetryPolicy noRetries = RetryPolicy.builder("chat").maxRetries(0).build();
    RetryRuntime cancelling =
        RetryRuntime.builder()
            .token(world.application)
            .listener(world)
            .classifier(
                (thrown, clock) -> {
                  world.applicationSource.cancel();
                  return null;
                })
            .build();
    TestSubscriber<String> subscriber =
        Shape.SINGLE.retry(cancelling, noRetries, failingWith(error)).test();
    assertThat(errorOf(subscriber)).isSameAs(error);
    assertThat(world.events).containsExactly("give up 1 ATTEMPTS_EXHAUSTED");
  }

  @ParameterizedTest
  @EnumSource
  void noWaitIsNoWait(Shape shape) {
    RetryPolicy eager = RetryPolicy.builder("eager").baseDelay(Duration.ZERO).build();
    shape.retry(world.clocked, eager, world.token, failing(3)).test().assertComplete();
    assertThat(world.calls).hasValue(4);
    TestSubscriber<String> subscriber =
        shape.retry(world.runtime, eager, world.token, failing(7)).test();
    world.scheduler.triggerActions();
    subscriber.assertComplete();
    assertThat(world.calls).hasValue(8);
  }

  @Test
  void theTokenMayBeMissing() {
    RxRetry.single(world.runtime, policy, null, attempt -> Maybe.just("ok").toSingle())
        .test()
        .assertResult("ok");
  }
}
