package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attempt tells the code that makes it, for each driver, with and without a time limit. */
class AttemptTest {

  private static final RetryPolicy UNTIMED = FaultyEnvironment.UNTIMED;
  private static final RetryPolicy TIMED = FaultyEnvironment.TIMED;

  private final FaultyEnvironment environment = new FaultyEnvironment();
  private final List<Attempt> attempts = new ArrayList<>();

  /** The drivers whose calls take an attempt. */
  static Stream<RuntimeDriver> drivers() {
    return Stream.of(
        RuntimeDriver.BLOCKING,
        RuntimeDriver.FUTURE,
        RuntimeDriver.PUBLISHER,
        RuntimeDriver.CALLBACK);
  }

  static Stream<Arguments> driversAndPolicies() {
    return drivers()
        .flatMap(driver -> Stream.of(Arguments.of(driver, UNTIMED), Arguments.of(driver, TIMED)));
  }

  private void call(RuntimeDriver driver, RetryPolicy policy, int failures) {
    CompletableFuture<String> call =
        driver.call(
            environment.runtime(),
            policy,
            environment.token,
            attempt -> {
              attempts.add(attempt);
              if (++environment.attempts <= failures) {
                throw environment.overloaded;
              }
              return "ok";
            });
    assertThat(environment.errorOf(call)).isNull();
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void attemptsAreNumberedFromOne(RuntimeDriver driver, RetryPolicy policy) {
    call(driver, policy, 2);
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(attempts)
        .extracting(Object::toString)
        .allSatisfy(text -> assertThat(text).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void theTokenIsCancelledByTheRuntimesToken(RuntimeDriver driver, RetryPolicy policy) {
    var application = new CancellationSource();
    RetryRuntime runtime = environment.runtime().toBuilder().token(application.token()).build();
    List<Boolean> cancelled = new ArrayList<>();
    var unused =
        driver.call(
            runtime,
            policy,
            environment.token,
            attempt -> {
              cancelled.add(attempt.token().isCancelled());
              application.cancel();
              cancelled.add(attempt.token().isCancelled());
              return "ok";
            });
    assertThat(cancelled).containsExactly(false, true);
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void theLastFailureIsThatOfTheAttemptBefore(RuntimeDriver driver, RetryPolicy policy) {
    call(driver, policy, 2);
    assertThat(attempts.get(0).lastFailure()).isNull();
    FailedAttempt first = attempts.get(1).lastFailure();
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.error()).isSameAs(environment.overloaded);
    assertThat(first.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
    assertThat(first.delay()).isEqualTo(Duration.ofMillis(100));
    FailedAttempt second = attempts.get(2).lastFailure();
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.delay()).isEqualTo(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void allAttemptsOfACallHaveTheSameIdentifier(RuntimeDriver driver, RetryPolicy policy) {
    call(driver, policy, 2);
    String last = attempts.get(2).callId(); // which may be the first to be asked
    assertThat(attempts).extracting(Attempt::callId).containsOnly(last);
    assertThat(UUID.fromString(last).toString()).isEqualTo(last);
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void listenersReceiveTheIdentifierOfTheAttempts(RuntimeDriver driver, RetryPolicy policy) {
    var log = new EventLog(environment.time);
    RetryRuntime runtime = environment.runtime().toBuilder().listener(log).build();
    CompletableFuture<String> call =
        driver.call(
            runtime,
            policy,
            environment.token,
            attempt -> {
              attempts.add(attempt);
              return environment.failing(1).call(attempt);
            });
    assertThat(environment.errorOf(call)).isNull();
    assertThat(attempts).hasSize(2).extracting(Attempt::callId).containsOnly(log.callId());
    assertThat(log.events())
        .containsExactly(
            "started 1",
            "ended 1 OVERLOADED",
            "retry 1",
            "started 2",
            "ended 2 result",
            "success 2");
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void differentCallsHaveDifferentIdentifiers(RuntimeDriver driver, RetryPolicy policy) {
    call(driver, policy, 0);
    environment.ends.clear();
    call(driver, policy, 0);
    assertThat(Set.copyOf(attempts.stream().map(Attempt::callId).toList())).hasSize(2);
  }

  @RepeatedTest(20)
  void threadsThatAskAtTheSameTimeGetTheSameIdentifier() throws Exception {
    for (Arguments each : driversAndPolicies().toList()) {
      attempts.clear();
      environment.attempts = 0;
      environment.ends.clear();
      call((RuntimeDriver) each.get()[0], (RetryPolicy) each.get()[1], 1);
      assertThat(askConcurrently()).hasSize(1);
    }
  }

  private Set<String> askConcurrently() throws Exception {
    var barrier = new CyclicBarrier(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> questions = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Attempt asked = attempts.get(i % 2);
        questions.add(
            () -> {
              barrier.await();
              return asked.callId();
            });
      }
      List<String> answers = new ArrayList<>();
      for (Future<String> answer : threads.invokeAll(questions)) {
        answers.add(answer.get());
      }
      return Set.copyOf(answers);
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void aTokenThatIsAskedForAfterTheEndIsNotRegistered(RuntimeDriver driver, RetryPolicy policy) {
    call(driver, policy, 1);
    for (Attempt attempt : attempts) {
      assertThat(attempt.token().isCancelled()).isFalse();
    }
    assertThat(environment.token.registered()).isZero();
    // An attempt of a blocking call without a time limit has the token of the call itself.
    if (driver != RuntimeDriver.BLOCKING || policy == TIMED) {
      environment.source.cancel();
      for (Attempt attempt : attempts) {
        assertThat(attempt.token().isCancelled()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void theTokenIsTheSameHoweverOftenItIsAskedFor(RuntimeDriver driver, RetryPolicy policy) {
    List<CancellationToken> tokens = new ArrayList<>();
    CompletableFuture<String> call =
        driver.call(
            environment.runtime(),
            policy,
            environment.token,
            attempt -> {
              tokens.add(attempt.token());
              tokens.add(attempt.token());
              attempts.add(attempt);
              return "ok";
            });
    assertThat(environment.errorOf(call)).isNull();
    tokens.add(attempts.get(0).token());
    assertThat(Set.copyOf(tokens)).hasSize(1);
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @MethodSource("driversAndPolicies")
  void theTokenIsCancelledWithTheCall(RuntimeDriver driver, RetryPolicy policy) {
    List<Boolean> cancelled = new ArrayList<>();
    CompletableFuture<String> call =
        driver.call(
            environment.runtime(),
            policy,
            environment.token,
            attempt -> {
              CancellationToken token = attempt.token();
              cancelled.add(token.isCancelled());
              environment.source.cancel();
              cancelled.add(token.isCancelled());
              cancelled.add(attempt.token().isCancelled());
              throw new CancellationException("in response to the token");
            });
    assertThat(environment.errorOf(call)).isInstanceOf(CancellationException.class);
    assertThat(cancelled).containsExactly(false, true, true);
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @MethodSource("drivers")
  void aTokenThatIsAskedForAfterTheCancellationIsCancelled(RuntimeDriver driver) {
    for (RetryPolicy policy : List.of(UNTIMED, TIMED)) {
      var own = new FaultyEnvironment();
      List<Boolean> cancelled = new ArrayList<>();
      CompletableFuture<String> call =
          driver.call(
              own.runtime(),
              policy,
              own.token,
              attempt -> {
                own.source.cancel();
                cancelled.add(attempt.token().isCancelled());
                throw new CancellationException("in response to the token");
              });
      assertThat(own.errorOf(call)).isInstanceOf(CancellationException.class);
      assertThat(cancelled).containsExactly(true);
      own.checkOneEndAndNothingLeft();
    }
  }

  @ParameterizedTest
  @MethodSource("drivers")
  void aTokenThatIsAskedForAfterATimeOutIsCancelled(RuntimeDriver driver) {
    List<Boolean> cancelled = new ArrayList<>();
    CompletableFuture<String> call =
        driver.call(
            environment.runtime(),
            TIMED,
            environment.token,
            attempt -> {
              attempts.add(attempt);
              environment.time.advance(Duration.ofSeconds(1));
              cancelled.add(attempt.token().isCancelled());
              throw new CancellationException("in response to the time-out");
            });
    Throwable error = environment.errorOf(call);
    assertThat(error).isInstanceOf(AttemptTimeoutException.class);
    assertThat(cancelled).containsExactly(true, true, true);
    environment.checkOneEndAndNothingLeft();
    assertThat(attempts).allMatch(attempt -> attempt.token().isCancelled());
    assertThat(attempts.get(1).lastFailure().failure().kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  /** How to make a call whose attempts do not end by themselves. */
  enum Unending {
    FUTURE {
      @Override
      void call(AttemptTest test, RetryPolicy policy) {
        var unused =
            AsyncRetry.<String>call(
                test.environment.runtime(),
                policy,
                test.environment.token,
                attempt -> {
                  test.attempts.add(attempt);
                  return new CompletableFuture<>();
                });
      }
    },
    GATED_FUTURE {
      @Override
      void call(AttemptTest test, RetryPolicy policy) {
        var unused =
            AsyncRetry.<String>call(
                test.environment.runtime(),
                policy,
                test.environment.token,
                FutureRetry.gated(
                    policy,
                    (gate, attempt) -> {
                      test.attempts.add(attempt);
                      return new CompletableFuture<>();
                    }));
      }
    },
    PUBLISHER {
      @Override
      void call(AttemptTest test, RetryPolicy policy) {
        var unused =
            FuturePublisher.last(
                PublisherRetry.call(
                    test.environment.runtime(),
                    policy,
                    test.environment.token,
                    attempt -> {
                      test.attempts.add(attempt);
                      return new FuturePublisher(CompletableFuture::new);
                    }));
      }
    },
    CALLBACK {
      @Override
      void call(AttemptTest test, RetryPolicy policy) {
        CallbackRetry.call(
            test.environment.runtime(),
            policy,
            test.environment.token,
            error -> {},
            test.attempts::add);
      }
    };

    abstract void call(AttemptTest test, RetryPolicy policy);
  }

  @ParameterizedTest
  @EnumSource
  void theTokenOfAnAbandonedAttemptIsCancelledWheneverItIsAskedFor(Unending kind) {
    kind.call(this, TIMED);
    CancellationToken askedBefore = attempts.get(0).token();
    assertThat(environment.token.registered()).isPositive();
    environment.time.advance(Duration.ofSeconds(9));
    assertThat(attempts).hasSize(3);
    assertThat(askedBefore.isCancelled()).isTrue();
    for (Attempt attempt : attempts) {
      assertThat(attempt.token().isCancelled()).isTrue();
    }
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void theTokenOfAnAttemptInFlightIsCancelledWithTheCallWheneverItIsAskedFor(Unending kind) {
    for (boolean askedBefore : new boolean[] {true, false}) {
      var test = new AttemptTest();
      kind.call(test, UNTIMED);
      Attempt attempt = test.attempts.get(0);
      if (askedBefore) {
        assertThat(attempt.token().isCancelled()).isFalse();
      }
      test.environment.source.cancel();
      assertThat(attempt.token().isCancelled()).isTrue();
      test.environment.checkOneEndAndNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatNobodyAsksForIsNotRegistered(Unending kind) {
    kind.call(this, UNTIMED);
    assertThat(environment.token.registered()).as("the call's own").isOne();
    assertThat(attempts.get(0).token().isCancelled()).isFalse();
    assertThat(environment.token.registered()).as("and the attempt's").isEqualTo(2);
    environment.source.cancel();
    environment.checkOneEndAndNothingLeft();
  }

  @Test
  void theFirstAttemptOfACallWithoutAWrapperHasTheTokenThatItIsGiven() {
    Attempt attempt = Attempt.first(environment.token);
    assertThat(attempt.token()).isSameAs(environment.token);
    assertThat(attempt.number()).isOne();
    assertThat(attempt.lastFailure()).isNull();
    assertThat(attempt.callId()).isEqualTo(attempt.callId());
    assertThat(Attempt.first().token()).isSameAs(CancellationToken.none());
    assertThat(Attempt.first().callId()).isNotEqualTo(attempt.callId());
  }
}
