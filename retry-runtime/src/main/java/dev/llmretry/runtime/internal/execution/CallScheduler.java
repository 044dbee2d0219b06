package dev.llmretry.runtime.internal.execution;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.util.Log;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the later steps of an asynchronous call, now or after a delay, on threads where the user's
 * code may run: by default those of the runtime's executor. Integrations override it to use the
 * scheduler of their library.
 */
public class CallScheduler {

  private static final Executor DEFAULT = defaultExecutor();

  private final RetryRuntime runtime;

  /** Makes the scheduler of a call. */
  public CallScheduler(RetryRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * The default of {@link CompletableFuture} starts a thread for each task where there are one or
   * two processors, until JDK 25; a common pool without threads runs nothing by itself.
   */
  private static Executor defaultExecutor() {
    return ForkJoinPool.getCommonPoolParallelism() > 0
        ? ForkJoinPool.commonPool()
        : new CompletableFuture<>().defaultExecutor();
  }

  /** Returns the executor that was set for all calls of a runtime, or else the common pool. */
  public static Executor executorOf(RetryRuntime runtime) {
    Executor executor = runtime.executor();
    return executor == null ? DEFAULT : executor;
  }

  /**
   * Returns the runtime for one call: if each call has an executor of its own, with that. To be
   * called by the thread that makes the call.
   */
  public static RetryRuntime forCall(RetryRuntime runtime) {
    Supplier<? extends Executor> perCall = runtime.executorPerCall();
    if (perCall == null) {
      return runtime;
    }
    try {
      Executor executor = requireNonNull(perCall.get(), "no executor");
      return runtime.toBuilder().executor(executor).build();
    } catch (Throwable e) {
      Log.warning("There is no executor for a call, which uses the one for all calls", e);
      return runtime.toBuilder().executorPerCall(null).build();
    }
  }

  /** Runs a step. Throws what the executor throws if it rejects the step. */
  public void execute(Runnable step) {
    executorOf(runtime).execute(step);
  }

  /**
   * Runs a step after a delay. Throws what the clock throws; if the executor then rejects the step,
   * {@code onRejected} receives what it threw, on the clock's thread. To close the registration
   * cancels the step, until it has been handed to the executor.
   */
  public Registration schedule(long nanos, Runnable step, Consumer<? super Throwable> onRejected) {
    return runtime.clock().schedule(nanos, () -> handOver(step, onRejected));
  }

  /** The clock's thread is not for what may take long. */
  private void handOver(Runnable step, Consumer<? super Throwable> onRejected) {
    try {
      executorOf(runtime).execute(step);
    } catch (Throwable e) {
      onRejected.accept(e);
    }
  }
}
