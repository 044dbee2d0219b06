package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryRuntime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Uses the scheduler of a reactive library, unless the runtime has a clock or an executor set: with
 * the system's clock, the library times the steps; without an executor either, it also runs them.
 */
public abstract class LibraryScheduler extends CallScheduler {

  private final boolean hasSystemClock;
  private final boolean hasExecutor;

  /** Creates the scheduler of a call. */
  protected LibraryScheduler(RetryRuntime runtime) {
    super(runtime);
    this.hasSystemClock = runtime.clock() == BackoffClock.system();
    this.hasExecutor = runtime.executor() != null;
  }

  /**
   * Runs a step on the library's scheduler. Exceptions of a scheduler that rejects it are rethrown.
   *
   * @param step may be interrupted if the registration is closed while it runs
   * @param nanos the delay, or 0
   * @return cancels the step
   */
  protected abstract Registration runLater(Runnable step, long nanos);

  @Override
  public void execute(Runnable step) {
    if (hasSystemClock && !hasExecutor) {
      var unused = runLater(step, 0);
    } else {
      super.execute(step);
    }
  }

  @Override
  public Registration schedule(long nanos, Runnable step, Consumer<? super Throwable> onRejected) {
    if (!hasSystemClock) {
      return super.schedule(nanos, step, onRejected);
    }
    return start(nanos, hasExecutor ? () -> handOver(step, onRejected) : step);
  }

  @Override
  public Registration scheduleTimeout(long nanos, Runnable action) {
    return hasSystemClock ? start(nanos, action) : super.scheduleTimeout(nanos, action);
  }

  private Registration start(long nanos, Runnable step) {
    var timer = new Timer(step);
    timer.scheduled = runLater(timer, nanos);
    return timer;
  }

  /** A step that is not interrupted if it is cancelled while it runs. */
  private static final class Timer extends AtomicBoolean implements Runnable, Registration {

    private static final long serialVersionUID = 1;

    private final transient Runnable step;
    private transient Registration scheduled = () -> {};

    private Timer(Runnable step) {
      this.step = step;
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
        scheduled.close();
      }
    }
  }
}
