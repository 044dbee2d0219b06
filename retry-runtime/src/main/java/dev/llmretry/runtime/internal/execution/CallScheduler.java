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

  /**
   * Makes the scheduler of a call.
   *
   * @param runtime the environment of the call, as {@link #forCall} returned it
   */
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

  /**
   * {@return the executor that was set for all calls of a runtime, or else the common pool}
   *
   * @param runtime a runtime, as {@link #forCall} returned it
   */
  public static Executor executorOf(RetryRuntime runtime) {
    Executor executor = runtime.executor();
    return executor == null ? DEFAULT : executor;
  }

  /**
   * Asks for the executor of a call, where each call has its own. To be called by the thread that
   * makes the call.
   *
   * @param runtime the runtime of all calls
   * @return the runtime for this call; the same one if all calls share an executor
   */
  public static RetryRuntime forCall(RetryRuntime runtime) {
    Supplier<? extends Executor> perCall = runtime.executorPerCall();
    if (perCall == null) {
      return runtime;
    }
    Executor executor;
    try {
      executor = requireNonNull(perCall.get(), "no executor");
    } catch (Throwable e) {
      Log.warning("There is no executor for a call, which uses the one for all calls", e);
      executor = executorOf(runtime);
    }
    return runtime.toBuilder().executor(executor).build();
  }

  /**
   * Runs a step. Throws what the executor throws if it rejects the step.
   *
   * @param step what to run
   */
  public void execute(Runnable step) {
    executorOf(runtime).execute(step);
  }

  /**
   * Runs a step after a delay. Throws what the clock throws.
   *
   * @param nanos the delay in nanoseconds
   * @param step what to run
   * @param onRejected receives what the executor throws if it rejects the step, on the clock's
   *     thread
   * @return cancels the step, until it has been handed to the executor
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
