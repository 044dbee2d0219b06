package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@ExtendWith(QuietLog.class)
class DeadlineTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call")
          .maxRetries(10)
          .baseDelay(Duration.ofMillis(100))
          .multiplier(1)
          .deadline(Duration.ofMillis(250))
          .build();

  private final Deque<Runnable> queue = new ArrayDeque<>();

  private static CompletableFuture<String> call(EveryDriver driver, Surroundings world) {
    return driver.call(world.runtime(), POLICY, world.token, world.failing(10));
  }

  private void runQueue() {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isMeasuredFromWhenTheCallIsMade(EveryDriver driver) {
    var world = new Surroundings();
    world.time.advance(Duration.ofHours(1));
    assertThat(world.errorOf(call(driver, world))).isSameAs(world.overloaded);
    assertThat(world.ends).containsExactly("give up 3 DEADLINE");
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void mayBeOverWhenTheExecutorComesToTheNextAttempt(EveryDriver driver) {
    var world = new Surroundings();
    world.executor = queue::add;
    CompletableFuture<String> call = call(driver, world);
    world.time.advance(Duration.ofMillis(250));
    runQueue();
    assertThat(world.errorOf(call)).isSameAs(world.overloaded);
    assertThat(world.ends).containsExactly("give up 1 DEADLINE");
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void leavesTimeForAnAttemptUntilItIsOver(EveryDriver driver) {
    var world = new Surroundings();
    world.executor = queue::add;
    CompletableFuture<String> call = call(driver, world);
    world.time.advance(Duration.ofMillis(249));
    runQueue();
    assertThat(world.errorOf(call)).isSameAs(world.overloaded);
    assertThat(world.ends).containsExactly("give up 2 DEADLINE");
    world.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void isOverIfTheClockFailsWhenTheCallIsMade(EveryDriver driver) {
    var world =
        new Surroundings() {
          private boolean asked;

          @Override
          public long nanoTime() {
            if (!asked) {
              asked = true;
              throw new IllegalStateException("not started yet");
            }
            return super.nanoTime();
          }
        };
    assertThat(world.errorOf(call(driver, world))).isSameAs(world.overloaded);
    assertThat(world.ends).containsExactly("give up 1 DEADLINE");
  }
}
