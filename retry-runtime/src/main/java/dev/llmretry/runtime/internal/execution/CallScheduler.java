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
 * Runs the later steps of an asynchronous call, at once or after a delay, on threads that may run
 * user code: by default those of the runtime's executor. Integrations override it to use the
 * scheduler of their library.
 */
public class CallScheduler {

  private static final Executor DEFAULT = defaultExecutor();

  private final RetryRuntime runtime;

  /** Creates the scheduler of a call. */
  public CallScheduler(RetryRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * The common pool, if it has threads. Until JDK 25, the default executor of {@link
   * CompletableFuture} starts a thread for each task on machines with one or two processors.
   */
  private static Executor defaultExecutor() {
    return ForkJoinPool.getCommonPoolParallelism() > 0
        ? ForkJoinPool.commonPool()
        : new CompletableFuture<>().defaultExecutor();
  }

  /** Returns the executor of a runtime for all calls, or else the common pool. */
  public static Executor executorOf(RetryRuntime runtime) {
    Executor executor = runtime.executor();
    return executor == null ? DEFAULT : executor;
  }

  /**
   * Returns the runtime for one call, with the call's own executor if {@code executorPerCall} is
   * set. To be called by the thread that makes the call.
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
      Log.warning("The supplier of executors failed; the executor for all calls is used", e);
      return runtime.toBuilder().executorPerCall(null).build();
    }
  }

  /** Runs a step. Exceptions of an executor that rejects the step are rethrown. */
  public void execute(Runnable step) {
    executorOf(runtime).execute(step);
  }

  /**
   * Runs a step after a delay. Exceptions of the clock are rethrown; if the executor later rejects
   * the step, {@code onRejected} receives its exception, on the clock's thread. Closing the
   * registration cancels the step, until it has been passed to the executor.
   */
  public Registration schedule(long nanos, Runnable step, Consumer<? super Throwable> onRejected) {
    return runtime.clock().schedule(nanos, () -> handOver(step, onRejected));
  }

  /**
   * Runs an action when a time limit has passed. It does not depend on the executor, which may be
   * occupied by the very attempt that the action ends. Exceptions of the clock are rethrown.
   */
  public Registration scheduleTimeout(long nanos, Runnable action) {
    return runtime.clock().schedule(nanos, action);
  }

  /**
   * Runs a step as {@link #execute} does.
   *
   * @param onRejected receives the exception of an executor that rejects the step
   */
  public final void handOver(Runnable step, Consumer<? super Throwable> onRejected) {
    try {
      execute(step);
    } catch (Throwable e) {
      onRejected.accept(e);
    }
  }
}
