package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.time.SystemBackoffClock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The only source of time: tells it, waits, and calls back. Implementations must be safe for use by
 * any thread.
 *
 * <p>For tests, {@code VirtualBackoffClock} of the artifact {@code retry-testing} takes no time at
 * all.
 */
public interface BackoffClock extends InstantSource {

  /** {@return the clock of this machine} */
  static BackoffClock system() {
    return SystemBackoffClock.INSTANCE;
  }

  /** {@return the nanoseconds since some fixed moment; see {@link System#nanoTime}} */
  long nanoTime();

  /**
   * Blocks the calling thread for {@code nanos} nanoseconds, or until {@code token} is cancelled.
   * Returns at once if the token is cancelled already or {@code nanos} is not positive.
   *
   * @param nanos how long, in nanoseconds
   * @param token ends the wait when it is cancelled, without an exception
   * @throws InterruptedException if the thread is interrupted, also if it was already and there is
   *     nothing to wait for; the interrupt flag is cleared then
   */
  void sleep(long nanos, CancellationToken token) throws InterruptedException;

  /**
   * Runs {@code action} once, {@code nanos} nanoseconds from now, on a thread that is not the
   * caller's to know. The action must be short and must not block.
   *
   * @param nanos in how many nanoseconds; at once if it is not positive
   * @param action what to run
   * @return what takes the action back; nothing refers to the action once it has run or that is
   *     closed
   */
  Registration schedule(long nanos, Runnable action);

  /**
   * As {@link #schedule(long, Runnable)}, with a duration.
   *
   * @param delay in how long; at once if it is not positive
   * @param action what to run
   * @return what takes the action back
   */
  default Registration schedule(Duration delay, Runnable action) {
    return schedule(Durations.toNanos(delay), action);
  }
}
