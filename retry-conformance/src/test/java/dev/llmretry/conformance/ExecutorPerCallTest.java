package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.testing.VirtualBackoffClock;
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

/**
 * Later attempts run in the executor of the call, which may have the context of the caller's
 * thread.
 */
@ExtendWith(QuietLog.class)
class ExecutorPerCallTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final FaultyEnvironment surroundings = new FaultyEnvironment();
  private final List<String> ran = new ArrayList<>();
  private String user = "Ann";
  private int asked;

  private RetryRuntime runtime(Supplier<Executor> executorPerCall) {
    return RetryRuntime.builder()
        .clock(clock)
        .executor(named("shared"))
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
      RuntimeDriver driver, RetryRuntime runtime, RetryPolicy policy) {
    return driver.call(runtime, policy, surroundings.token, surroundings.failing(2));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void laterAttemptsRunInTheExecutorOfTheCall(RuntimeDriver driver) {
    CompletableFuture<String> future =
        call(driver, runtime(this::usersOwn), FaultyEnvironment.UNTIMED);
    user = "Ben";
    clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("Ann");
    assertThat(asked).isOne();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void laterAttemptsOfTimedCallsRunInTheExecutorOfTheCall(RuntimeDriver driver) {
    CompletableFuture<String> future =
        call(driver, runtime(this::usersOwn), FaultyEnvironment.TIMED);
    user = "Ben";
    clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("Ann");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void theSharedExecutorIsUsedIfTheSupplierReturnsNull(RuntimeDriver driver) {
    CompletableFuture<String> none = call(driver, runtime(() -> null), FaultyEnvironment.UNTIMED);
    clock.advanceUntil(none::isDone);
    assertThat(none).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("shared");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BLOCKING")
  void theSharedExecutorIsUsedIfTheSupplierThrows(RuntimeDriver driver) {
    RetryRuntime failing =
        runtime(
            () -> {
              throw new IllegalStateException("no context");
            });
    CompletableFuture<String> future = call(driver, failing, FaultyEnvironment.UNTIMED);
    clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedWithValue("ok");
    assertThat(ran).hasSizeGreaterThan(1).containsOnly("shared");
  }

  @Test
  void aFirstAttemptThatSucceedsNeedsNoExecutor() {
    CompletableFuture<String> future =
        FutureRetry.call(
            runtime(this::usersOwn),
            FaultyEnvironment.UNTIMED,
            () -> CompletableFuture.completedFuture("ok"));
    assertThat(future).isCompletedWithValue("ok");
    assertThat(asked).isZero();
  }

  @Test
  void theExecutorOfACallIsTheOneThatWasSet() {
    assertThat(RetryRuntime.standard().executor()).isNull();
    RetryRuntime pool = RetryRuntime.builder().executor(ForkJoinPool.commonPool()).build();
    assertThat(pool.executor()).isSameAs(ForkJoinPool.commonPool());
    assertThat(CallScheduler.forCall(pool)).isSameAs(pool);
    Executor own = named("own");
    RetryRuntime perCall = RetryRuntime.builder().executorPerCall(() -> own).build();
    assertThat(perCall.executor()).isNull();
    RetryRuntime forCall = CallScheduler.forCall(perCall);
    assertThat(forCall.executor()).isSameAs(own);
    assertThat(forCall.executorPerCall()).isNull();
  }

  @Test
  void anExecutorForAllCallsReplacesTheExecutorPerCall() {
    RetryRuntime runtime =
        RetryRuntime.builder()
            .executorPerCall(this::usersOwn)
            .executor(ForkJoinPool.commonPool())
            .build();
    assertThat(CallScheduler.forCall(runtime)).isSameAs(runtime);
    assertThat(CallScheduler.executorOf(runtime)).isSameAs(ForkJoinPool.commonPool());
    assertThat(asked).isZero();
  }
}
