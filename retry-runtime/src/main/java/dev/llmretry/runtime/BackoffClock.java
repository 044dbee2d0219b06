package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.time.SystemBackoffClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * Time source of the runtime: reads the time, sleeps, and schedules actions. Implementations must
 * be safe for use by several threads.
 *
 * <p>For tests, the artifact {@code retry-testing} has {@code VirtualBackoffClock}, whose delays
 * take no time.
 */
public interface BackoffClock extends InstantSource {

  /**
   * {@return the system clock} Its actions run on daemon threads, which end when there has been no
   * timer for a second. An action that takes long delays others by some milliseconds only.
   */
  static BackoffClock system() {
    return SystemBackoffClock.INSTANCE;
  }

  /** {@return the nanoseconds since some fixed moment; see {@link System#nanoTime}} */
  long nanoTime();

  /**
   * Blocks the calling thread for {@code nanos} nanoseconds, or until {@code token} is cancelled.
   * Returns at once if the token is cancelled already or {@code nanos} is not positive.
   *
   * @param nanos the time in nanoseconds
   * @param token ends the sleep when it is cancelled, without an exception
   * @throws InterruptedException if the thread is interrupted before or during the sleep, even if
   *     {@code nanos} is not positive; the interrupt flag is cleared
   */
  void sleep(long nanos, CancellationToken token) throws InterruptedException;

  /**
   * Blocks the calling thread until {@code token} is cancelled, without a time limit: another
   * thread sleeps until what this one waits for happens. Returns at once if the token is cancelled
   * already.
   *
   * @param token ends the wait when it is cancelled, without an exception
   * @throws InterruptedException if the thread is interrupted before or during the wait; the
   *     interrupt flag is cleared
   */
  default void await(CancellationToken token) throws InterruptedException {
    Thread thread = Thread.currentThread();
    Registration unpark = token.onCancel(() -> LockSupport.unpark(thread));
    try {
      while (!token.isCancelled()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
    } finally {
      unpark.close();
    }
  }

  /**
   * Runs {@code action} once, {@code nanos} nanoseconds from now, on an unspecified thread. The
   * actions of the runtime may run code of the application, such as the actions of a token and the
   * dependents of a future when an attempt times out.
   *
   * @param nanos the delay in nanoseconds; the action runs as soon as possible if it is not
   *     positive
   * @param action the action
   * @return a registration that cancels the action; the clock drops its reference to the action
   *     once it has run or the registration is closed
   */
  Registration schedule(long nanos, Runnable action);

  /**
   * Runs {@code action} once after {@code delay}; see {@link #schedule(long, Runnable)}.
   *
   * @param delay the delay; the action runs as soon as possible if it is not positive
   * @param action the action
   * @return a registration that cancels the action
   */
  default Registration schedule(Duration delay, Runnable action) {
    return schedule(Durations.toNanos(delay), action);
  }
}
