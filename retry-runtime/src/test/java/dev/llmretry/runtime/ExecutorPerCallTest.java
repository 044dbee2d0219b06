package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.async.AsyncRetry;
import dev.llmretry.runtime.testing.VirtualBackoffClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What hangs on the caller's thread reaches the attempts that are made for it later. */
@ExtendWith(QuietLog.class)
class ExecutorPerCallTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final Surroundings surroundings = new Surroundings();
  private final List<String> ran = new ArrayList<>();
  private String user = "Ann";
  private int asked;

  private RetryRuntime runtime(Supplier<Executor> executorPerCall) {
    return RetryRuntime.builder()
        .clock(clock)
        .executor(named("nobody"))
        .executorPerCall(executorPerCall)
        .build();
  }

  private Executor named(String name) {
    return work -> {
      ran.add(name);
      work.run();
    };
  }

  private Executor usersOwn() {
    asked++;
    return named(user);
  }

  private CompletableFuture<String> call(
      EveryDriver driver, RetryRuntime runtime, RetryPolicy policy) {
    return driver.call(runtime, policy, surroundings.token, surroundings.failing(2));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void laterAttemptsRunInTheExecutorThatTheCallerAskedFor(EveryDriver driver) {
    CompletableFuture<String> future = call(driver, runtime(this::usersOwn), Surroundings.UNTIMED);
    user = "Ben";
    clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("Ann");
    assertThat(asked).isOne();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void soDoThoseOfCallsThatAreTimed(EveryDriver driver) {
    CompletableFuture<String> future = call(driver, runtime(this::usersOwn), Surroundings.TIMED);
    user = "Ben";
    clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("Ann");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void theOneForAllCallsStandsInWhereThereIsNone(EveryDriver driver) {
    CompletableFuture<String> none = call(driver, runtime(() -> null), Surroundings.UNTIMED);
    clock.advanceUntil(none::isDone);
    assertThat(none).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("nobody");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void soItDoesWhereThatFails(EveryDriver driver) {
    RetryRuntime failing =
        runtime(
            () -> {
              throw new IllegalStateException("no context");
            });
    CompletableFuture<String> future = call(driver, failing, Surroundings.UNTIMED);
    clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("nobody");
  }

  @Test
  void aCallThatSucceedsAtOnceAsksForNone() {
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime(this::usersOwn),
            Surroundings.UNTIMED,
            () -> CompletableFuture.completedFuture("ok"));
    assertThat(future).isCompletedWithValue("ok");
    assertThat(asked).isZero();
  }

  @Test
  void anExecutorIsOnesOwnIfItWasSet() {
    assertThat(RetryRuntime.standard().hasOwnExecutor()).isFalse();
    RetryRuntime pool = RetryRuntime.builder().executor(ForkJoinPool.commonPool()).build();
    assertThat(pool.hasOwnExecutor()).isTrue();
    RetryRuntime perCall = RetryRuntime.builder().executorPerCall(ForkJoinPool::commonPool).build();
    assertThat(perCall.forCall().hasOwnExecutor()).isTrue();
  }
}
