package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The system clock. */
public enum SystemBackoffClock implements BackoffClock {
  /** The only instance. */
  INSTANCE;

  /**
   * Longer delays could not be distinguished from past times, since times are compared by their
   * difference.
   */
  private static final long LONGEST = Long.MAX_VALUE >> 1;

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
    long delay = Math.max(0, Math.min(nanos, LONGEST));
    return Timer.QUEUE.schedule(System.nanoTime() + delay, action);
  }

  /** Holds the queue of all timers, with one thread. */
  private static final class Timer {

    static final TimerQueue QUEUE = new TimerQueue(Timer::newThread);

    /**
     * Creates a thread that retains nothing of the caller that sets the first timer: no
     * thread-locals, class loader or thread group, and no access control context, which on older
     * JDKs refers to the class loaders of all callers.
     */
    private static Thread newThread(Runnable work) {
      ThreadGroup root = Thread.currentThread().getThreadGroup();
      while (root.getParent() != null) {
        root = root.getParent();
      }
      ThreadGroup group = root;
      Thread thread = withoutContext(() -> new Thread(group, work, "llmretry-timer", 0, false));
      thread.setContextClassLoader(null);
      thread.setDaemon(true);
      return thread;
    }

    @SuppressWarnings("removal")
    private static Thread withoutContext(PrivilegedAction<Thread> making) {
      try {
        return AccessController.doPrivileged(
            making, new AccessControlContext(new ProtectionDomain[0]));
      } catch (NoClassDefFoundError e) {
        return making.run();
      }
    }
  }
}
