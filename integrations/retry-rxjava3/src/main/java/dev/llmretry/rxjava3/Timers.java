package dev.llmretry.rxjava3;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.RetryRuntime;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Waits as RxJava does, unless the runtime has a clock or an executor of its own. */
final class Timers {

  private Timers() {}

  /**
   * Runs {@code action} in {@code nanos} nanoseconds, where it may take its time.
   *
   * @param refused gets what an executor that does not run the action throws
   * @return what takes the action back, until it has begun
   */
  static Disposable schedule(
      RetryRuntime runtime, long nanos, Runnable action, Consumer<Throwable> refused) {
    boolean onSystemClock = runtime.clock() == BackoffClock.system();
    if (onSystemClock && !runtime.hasOwnExecutor()) {
      return computation(nanos, action);
    }
    if (nanos <= 0) {
      handOver(runtime, action, refused);
      return Disposable.disposed();
    }
    Runnable due = () -> handOver(runtime, action, refused);
    return onSystemClock
        ? computation(nanos, due)
        : Disposable.fromRunnable(runtime.clock().schedule(nanos, due)::close);
  }

  private static Disposable computation(long nanos, Runnable action) {
    return Schedulers.computation().scheduleDirect(action, nanos, TimeUnit.NANOSECONDS);
  }

  /** The clock's thread is not for what takes time. */
  private static void handOver(RetryRuntime runtime, Runnable action, Consumer<Throwable> refused) {
    var begun = new AtomicBoolean();
    try {
      runtime
          .executor()
          .execute(
              () -> {
                begun.set(true);
                action.run();
              });
    } catch (Throwable e) {
      if (begun.get()) {
        throw e;
      }
      refused.accept(e);
    }
  }
}
