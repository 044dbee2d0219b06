package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.Nested;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What keeps a failure from being retried: emitted elements, and after those a nested retry. Each
 * driver that emits elements while an attempt runs has the same rule.
 */
class ObstacleTest {

  private static final RetryPolicy INNER =
      RetryPolicy.builder("inner").maxRetries(1).baseDelay(Duration.ofMillis(10)).build();

  /** How to make a call whose attempts may emit an element, fail a nested call, or both. */
  enum Emitting {
    BLOCKING {
      @Override
      void call(ObstacleTest test, RetryPolicy policy) {
        RetryLoop loop = RetryLoop.beginTimed(test.environment.runtime(), policy, null);
        boolean retry = true;
        while (retry) {
          loop.beginAttempt();
          var gate = new CallbackGate(policy, loop.emissionGuard());
          Exception error = test.attempt(() -> gate.element("element", () -> {}));
          retry = loop.awaitRetry(error, gate.failed());
        }
      }
    },
    GATED_FUTURE {
      @Override
      void call(ObstacleTest test, RetryPolicy policy) {
        var unused =
            AsyncRetry.<String>call(
                test.environment.runtime(),
                policy,
                FutureRetry.gated(
                    policy,
                    (gate, attempt) ->
                        CompletableFuture.failedFuture(
                            test.attempt(() -> gate.element("element", () -> {})))));
      }
    },
    PUBLISHER {
      @Override
      void call(ObstacleTest test, RetryPolicy policy) {
        var unused =
            FuturePublisher.last(
                PublisherRetry.<String>call(
                    test.environment.runtime(),
                    policy,
                    attempt ->
                        subscriber ->
                            subscriber.onSubscribe(
                                new Subscription() {
                                  @Override
                                  public void request(long elements) {
                                    subscriber.onError(
                                        test.attempt(() -> subscriber.onNext("element")));
                                  }

                                  @Override
                                  public void cancel() {}
                                })));
      }
    },
    CALLBACK {
      @Override
      void call(ObstacleTest test, RetryPolicy policy) {
        CallbackRetry.call(
            test.environment.runtime(),
            policy,
            CancellationToken.none(),
            error -> {},
            attempt -> attempt.failed(test.attempt(() -> attempt.element("element", () -> {}))));
      }
    };

    abstract void call(ObstacleTest test, RetryPolicy policy);
  }

  private final FaultyEnvironment environment = new FaultyEnvironment();
  private boolean emits;
  private boolean nests;

  /** Makes an attempt that fails; returns its error. */
  private Exception attempt(Runnable emission) {
    environment.attempts++;
    if (emits) {
      emission.run();
    }
    if (!nests) {
      return environment.overloaded;
    }
    return (Exception)
        catchThrowable(
            () ->
                Retry.<String, IOException>call(
                    environment.runtime(),
                    INNER,
                    null,
                    attempt -> {
                      throw environment.overloaded;
                    }));
  }

  private void checkEnd(Emitting kind, RetryPolicy policy, String end) {
    kind.call(this, policy);
    environment.time.advance(Duration.ofSeconds(9));
    assertThat(environment.ends).last().isEqualTo(end);
    assertThat(environment.time.scheduledCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aFailureWithoutObstacleIsRetried(Emitting kind) {
    checkEnd(kind, FaultyEnvironment.TIMED, "give up 3 ATTEMPTS_EXHAUSTED");
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptThatHasEmittedIsNotRetried(Emitting kind) {
    emits = true;
    checkEnd(kind, FaultyEnvironment.TIMED, "give up 1 ELEMENTS_DELIVERED");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorThatANestedCallHasExhaustedIsNotRetried(Emitting kind) {
    nests = true;
    checkEnd(kind, FaultyEnvironment.TIMED, "give up 1 ALREADY_RETRIED");
  }

  @ParameterizedTest
  @EnumSource
  void emittedElementsComeBeforeANestedCall(Emitting kind) {
    emits = true;
    nests = true;
    checkEnd(kind, FaultyEnvironment.TIMED, "give up 1 ELEMENTS_DELIVERED");
  }

  @ParameterizedTest
  @EnumSource
  void emittedElementsPreventRetriesOfNestedCallsToo(Emitting kind) {
    emits = true;
    nests = true;
    RetryPolicy nested = FaultyEnvironment.TIMED.toBuilder().nested(Nested.RETRY).build();
    checkEnd(kind, nested, "give up 1 ELEMENTS_DELIVERED");
  }
}
