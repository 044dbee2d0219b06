package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.HttpFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Clocks that fail, or go back: no call is left without an end, nor an error of its own unseen. */
@ExtendWith(QuietLog.class)
class UnrulyClocksTest {

  @ParameterizedTest
  @EnumSource
  void aClockThatDoesNotWaitEndsTheCallWithTheLastError(EveryDriver driver) {
    var world =
        new Surroundings() {
          @Override
          public void sleep(long nanos, CancellationToken whose) {
            throw new RejectedExecutionException("shut down");
          }

          @Override
          public Registration schedule(long nanos, Runnable action) {
            throw new RejectedExecutionException("shut down");
          }
        };
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.UNTIMED, world.token, world.failing(1));
    assertThat(world.errorOf(call)).isSameAs(world.overloaded);
    assertThat(world.ends).containsExactly("give up 1 REJECTED");
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatSetsNoTimeOutForALaterAttemptEndsTheCallWithTheLastError(EveryDriver driver) {
    var world =
        new Surroundings() {
          private int timers;

          @Override
          public Registration schedule(long nanos, Runnable action) {
            if (nanos >= 1_000_000_000 && ++timers > 1) { // not the wait
              throw new RejectedExecutionException("shut down");
            }
            return super.schedule(nanos, action);
          }
        };
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.TIMED, world.token, world.failing(2));
    assertThat(world.errorOf(call)).isSameAs(world.overloaded);
    assertThat(world.attempts).isEqualTo(1);
    assertThat(world.ends).hasSize(1);
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatSetsNoTimeOutAtAllEndsTheCallBeforeItsFirstAttempt(EveryDriver driver) {
    var refusal = new RejectedExecutionException("shut down");
    var world =
        new Surroundings() {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            throw refusal;
          }
        };
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.TIMED, world.token, world.failing(0));
    assertThat(world.errorOf(call)).isSameAs(refusal);
    assertThat(world.attempts).isZero();
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatDoesNotTellTheTimeHasNoTimeLeftForARetry(EveryDriver driver) {
    var world =
        new Surroundings() {
          @Override
          public long nanoTime() {
            throw new IllegalStateException("stopped");
          }
        };
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.TIMED, world.token, world.failing(2));
    assertThat(world.errorOf(call)).isSameAs(world.overloaded);
    assertThat(world.ends).containsExactly("give up 1 DEADLINE");
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatGoesBackDoesNotUseUpTheDeadline(EveryDriver driver) {
    var world =
        new Surroundings() {
          @Override
          public long nanoTime() {
            return attempts == 0 ? 0 : Long.MIN_VALUE + 1;
          }
        };
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.TIMED, world.token, world.failing(2));
    assertThat(world.errorOf(call)).isNull();
    assertThat(world.ends).containsExactly("success 3");
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void withoutWallTimeADateCountsAsAbsent(EveryDriver driver) {
    var world =
        new Surroundings() {
          @Override
          public Instant instant() {
            throw new IllegalStateException("no wall to hang it on");
          }
        };
    checkWaitsAsIfNotAsked(driver, world);
  }

  @ParameterizedTest
  @EnumSource
  void wallTimeThatIsNullCountsAsNone(EveryDriver driver) {
    var world =
        new Surroundings() {
          @Override
          public Instant instant() {
            return null;
          }
        };
    checkWaitsAsIfNotAsked(driver, world);
  }

  /** Cancels the call whenever something is scheduled for the so-manieth time. */
  private static Surroundings cancellingAt(int count) {
    return new Surroundings() {
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
  void aCancellationWhileAWaitIsScheduledEndsTheCallAtOnce(EveryDriver driver) {
    Surroundings world = cancellingAt(1);
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.UNTIMED, world.token, world.failing(1));
    assertThat(call).isDone();
    assertThat(world.errorOf(call)).isInstanceOf(CancelledException.class);
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void aCancellationWhileALaterAttemptIsPreparedKeepsItFromBeingMade(EveryDriver driver) {
    Surroundings world = cancellingAt(3);
    CompletableFuture<String> call =
        driver.call(world.runtime(), Surroundings.TIMED, world.token, world.failing(1));
    assertThat(world.errorOf(call)).isInstanceOf(CancelledException.class);
    assertThat(world.attempts).isOne();
    world.checkOneEndAndNothingLeft();
  }

  private static void checkWaitsAsIfNotAsked(EveryDriver driver, Surroundings world) {
    CompletableFuture<String> call =
        driver.call(
            world.runtime(),
            Surroundings.UNTIMED,
            world.token,
            attempt -> {
              if (++world.attempts == 1) {
                throw new Dated();
              }
              return "ok";
            });
    assertThat(world.errorOf(call)).isNull();
    assertThat(world.time.nanoTime()).isEqualTo(100_000_000);
    assertThat(world.ends).containsExactly("success 2");
    world.checkOneEndAndNothingLeft();
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
