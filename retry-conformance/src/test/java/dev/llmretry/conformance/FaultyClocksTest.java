package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.HttpFailure;
import dev.llmretry.Rejection;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Clocks that fail, or go back: each call ends, with the error of its last attempt if there is one.
 */
@ExtendWith(QuietLog.class)
class FaultyClocksTest {

  @ParameterizedTest
  @EnumSource
  void aClockThatRejectsTheDelayEndsTheCallWithTheLastError(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
          @Override
          public void sleep(long nanos, CancellationToken whose) {
            throw new RejectedExecutionException("shut down");
          }

          @Override
          public Registration schedule(long nanos, Runnable action) {
            throw new RejectedExecutionException("shut down");
          }
        };
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.UNTIMED, 1);
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.ends).containsExactly("give up 1 EXECUTOR_REJECTED");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatRejectsALaterTimeOutEndsTheCallWithTheLastError(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
          private int timers;

          @Override
          public Registration schedule(long nanos, Runnable action) {
            if (nanos >= 1_000_000_000 && ++timers > 1) { // not the wait
              throw new RejectedExecutionException("shut down");
            }
            return super.schedule(nanos, action);
          }
        };
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.TIMED, 2);
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isEqualTo(1);
    assertThat(environment.ends).hasSize(1);
    environment.checkOneEndAndNothingLeft();
  }

  /** The rejected result was given up, and closed, when the attempt was to begin. */
  @ParameterizedTest
  @EnumSource
  void aClockThatRejectsALaterTimeOutEndsTheCallOfARejectedResult(RuntimeDriver driver) {
    var refusal = new RejectedExecutionException("shut down");
    var environment =
        new FaultyEnvironment() {
          private int timers;

          @Override
          public Registration schedule(long nanos, Runnable action) {
            if (nanos >= 1_000_000_000 && ++timers > 1) { // not the wait
              throw refusal;
            }
            return super.schedule(nanos, action);
          }
        };
    CompletableFuture<String> call =
        environment.call(
            driver,
            FaultyEnvironment.UNTIMED.toBuilder()
                .attemptTimeout(Duration.ofSeconds(1))
                .check(result -> Rejection.of("never good enough"))
                .build(),
            0);
    assertThat(environment.errorOf(call)).isSameAs(refusal);
    assertThat(environment.attempts).isEqualTo(1);
    assertThat(environment.ends).containsExactly("give up 2 EXECUTOR_REJECTED");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatRejectsTheFirstTimeOutEndsTheCallBeforeItsFirstAttempt(RuntimeDriver driver) {
    var refusal = new RejectedExecutionException("shut down");
    var environment =
        new FaultyEnvironment() {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            throw refusal;
          }
        };
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.TIMED, 0);
    assertThat(environment.errorOf(call)).isSameAs(refusal);
    assertThat(environment.attempts).isZero();
    assertThat(environment.ends).containsExactly("give up 1 EXECUTOR_REJECTED");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockWithoutTimeLeavesNoTimeForARetry(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
          @Override
          public long nanoTime() {
            throw new IllegalStateException("stopped");
          }
        };
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.TIMED, 2);
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.ends).containsExactly("give up 1 DEADLINE");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatGoesBackDoesNotUseUpTheDeadline(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
          @Override
          public long nanoTime() {
            return attempts == 0 ? 0 : Long.MIN_VALUE + 1;
          }
        };
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.TIMED, 2);
    assertThat(environment.errorOf(call)).isNull();
    assertThat(environment.ends).containsExactly("success 3");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aRetryAfterDateIsIgnoredWithoutWallTime(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
          @Override
          public Instant instant() {
            throw new IllegalStateException("on purpose");
          }
        };
    checkWaitsAsIfNotAsked(driver, environment);
  }

  @ParameterizedTest
  @EnumSource
  void aRetryAfterDateIsIgnoredIfWallTimeIsNull(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
          @Override
          public Instant instant() {
            return null;
          }
        };
    checkWaitsAsIfNotAsked(driver, environment);
  }

  /**
   * Returns an environment that cancels the call when the given number of timers has been
   * scheduled.
   */
  private static FaultyEnvironment cancellingAt(int count) {
    return new FaultyEnvironment() {
      private int scheduled;

      @Override
      public Registration schedule(long nanos, Runnable action) {
        if (++scheduled == count) {
          source.cancel();
        }
        return super.schedule(nanos, action);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void aCancellationWhileADelayIsScheduledEndsTheCallAtOnce(RuntimeDriver driver) {
    FaultyEnvironment environment = cancellingAt(1);
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.UNTIMED, 1);
    assertThat(call).isDone();
    assertThat(environment.errorOf(call)).isInstanceOf(CancelledException.class);
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void aCancellationBeforeALaterAttemptStartsPreventsIt(RuntimeDriver driver) {
    FaultyEnvironment environment = cancellingAt(3);
    CompletableFuture<String> call = environment.call(driver, FaultyEnvironment.TIMED, 1);
    assertThat(environment.errorOf(call)).isInstanceOf(CancelledException.class);
    assertThat(environment.attempts).isOne();
    environment.checkOneEndAndNothingLeft();
  }

  private static void checkWaitsAsIfNotAsked(RuntimeDriver driver, FaultyEnvironment environment) {
    CompletableFuture<String> call =
        driver.call(
            environment.runtime(),
            FaultyEnvironment.UNTIMED,
            environment.token,
            attempt -> {
              if (++environment.attempts == 1) {
                throw new Dated();
              }
              return "ok";
            });
    assertThat(environment.errorOf(call)).isNull();
    assertThat(environment.time.nanoTime()).isEqualTo(100_000_000);
    assertThat(environment.ends).containsExactly("success 2");
    environment.checkOneEndAndNothingLeft();
  }

  private static final class Dated extends Exception implements HttpFailure {

    private static final long serialVersionUID = 1;

    @Override
    public int statusCode() {
      return 429;
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of("Retry-After", List.of("Tue, 01 Jan 2030 00:00:30 GMT"));
    }
  }
}
