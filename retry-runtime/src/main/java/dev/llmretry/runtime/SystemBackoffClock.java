package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.Log;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

enum SystemBackoffClock implements BackoffClock {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    throwIfInterrupted();
    if (nanos <= 0 || token.isCancelled()) {
      return;
    }
    long end = System.nanoTime() + nanos;
    Thread thread = Thread.currentThread();
    Registration wakeUp = token.onCancel(() -> LockSupport.unpark(thread));
    try {
      while (!token.isCancelled()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        LockSupport.parkNanos(this, left);
        throwIfInterrupted();
      }
    } finally {
      wakeUp.close();
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    Future<?> scheduled =
        Timer.EXECUTOR.schedule(() -> runLogged(action), nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  private static void runLogged(Runnable action) {
    try {
      action.run();
    } catch (Exception | Error e) {
      Log.warning("A scheduled action failed", e);
    }
  }

  /** One thread for all timers, started when the first is set. */
  private static final class Timer {

    static final ScheduledThreadPoolExecutor EXECUTOR =
        new ScheduledThreadPoolExecutor(1, Timer::newThread);

    static {
      EXECUTOR.setRemoveOnCancelPolicy(true);
    }

    /**
     * The thread outlives whoever happened to set the first timer, and so keeps nothing of it: no
     * thread-locals, class loader or group; nor, until it is gone from the JDK, the access control
     * context, which refers to the class loaders of all callers.
     */
    @SuppressWarnings("removal")
    private static Thread newThread(Runnable work) {
      ThreadGroup root = Thread.currentThread().getThreadGroup();
      while (root.getParent() != null) {
        root = root.getParent();
      }
      ThreadGroup group = root;
      Thread thread =
          AccessController.doPrivileged(
              (PrivilegedAction<Thread>) () -> new Thread(group, work, "llmretry-timer", 0, false),
              new AccessControlContext(new ProtectionDomain[0]));
      thread.setContextClassLoader(null);
      thread.setDaemon(true);
      return thread;
    }
  }
}
