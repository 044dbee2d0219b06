package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
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

  /** Holds the queue of all timers. */
  private static final class Timer {

    static final TimerQueue QUEUE =
        new TimerQueue(
            work -> ClockThreads.create("llmretry-timer", work),
            new ElasticExecutor(work -> ClockThreads.create("llmretry-timer-action", work)));
  }
}
