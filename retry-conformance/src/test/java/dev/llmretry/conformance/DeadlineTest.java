package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
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

  private static CompletableFuture<String> call(
      RuntimeDriver driver, FaultyEnvironment environment) {
    return environment.call(driver, POLICY, 10);
  }

  private void runQueue() {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isMeasuredFromWhenTheCallIsMade(RuntimeDriver driver) {
    var environment = new FaultyEnvironment();
    environment.time.advance(Duration.ofHours(1));
    assertThat(environment.errorOf(call(driver, environment))).isSameAs(environment.overloaded);
    assertThat(environment.ends).containsExactly("give up 3 DEADLINE");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void mayHavePassedWhenTheExecutorRunsTheNextAttempt(RuntimeDriver driver) {
    var environment = new FaultyEnvironment();
    environment.executor = queue::add;
    CompletableFuture<String> call = call(driver, environment);
    environment.time.advance(Duration.ofMillis(250));
    runQueue();
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.ends).containsExactly("give up 1 DEADLINE");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void allowsAnAttemptUntilItHasPassed(RuntimeDriver driver) {
    var environment = new FaultyEnvironment();
    environment.executor = queue::add;
    CompletableFuture<String> call = call(driver, environment);
    environment.time.advance(Duration.ofMillis(249));
    runQueue();
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.ends).containsExactly("give up 2 DEADLINE");
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void hasPassedIfTheClockFailsWhenTheCallIsMade(RuntimeDriver driver) {
    var environment =
        new FaultyEnvironment() {
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
    assertThat(environment.errorOf(call(driver, environment))).isSameAs(environment.overloaded);
    assertThat(environment.ends).containsExactly("give up 1 DEADLINE");
  }
}
