package dev.llmretry.rxjava3;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Uses RxJava's scheduler for timed work, unless the runtime has a clock or an executor set. */
final class RxCallScheduler extends CallScheduler {

  private final boolean hasSystemClock;
  private final boolean hasExecutor;

  RxCallScheduler(RetryRuntime runtime) {
    super(runtime);
    this.hasSystemClock = runtime.clock() == BackoffClock.system();
    this.hasExecutor = runtime.executor() != null;
  }

  @Override
  public void execute(Runnable step) {
    if (hasSystemClock && !hasExecutor) {
      Schedulers.computation().scheduleDirect(step);
    } else {
      super.execute(step);
    }
  }

  @Override
  public Registration schedule(long nanos, Runnable step, Consumer<? super Throwable> onRejected) {
    if (!hasSystemClock) {
      return super.schedule(nanos, step, onRejected);
    }
    return Timer.start(nanos, hasExecutor ? () -> handOver(step, onRejected) : step);
  }

  @Override
  public Registration scheduleTimeout(long nanos, Runnable action) {
    return hasSystemClock ? Timer.start(nanos, action) : super.scheduleTimeout(nanos, action);
  }

  private void handOver(Runnable step, Consumer<? super Throwable> onRejected) {
    try {
      execute(step);
    } catch (Throwable e) {
      onRejected.accept(e);
    }
  }

  /** A step that {@code dispose} does not interrupt while it runs. */
  private static final class Timer extends AtomicBoolean implements Runnable, Registration {

    private static final long serialVersionUID = 1;

    private final transient Runnable step;
    private transient Disposable scheduled = Disposable.disposed();

    private Timer(Runnable step) {
      this.step = step;
    }

    static Timer start(long nanos, Runnable step) {
      var timer = new Timer(step);
      Scheduler scheduler = Schedulers.computation();
      timer.scheduled = scheduler.scheduleDirect(timer, nanos, TimeUnit.NANOSECONDS);
      return timer;
    }

    @Override
    public void run() {
      if (compareAndSet(false, true)) {
        step.run();
      }
    }

    @Override
    public void close() {
      if (compareAndSet(false, true)) {
        scheduled.dispose();
      }
    }
  }
}
