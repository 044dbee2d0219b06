package dev.llmretry.runtime;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The only source of time: tells it, waits, and calls back. Implementations must be safe for use by
 * any thread.
 *
 * <p>For tests, {@link dev.llmretry.runtime.testing.VirtualBackoffClock} takes no time at all.
 */
public interface BackoffClock extends InstantSource {

  /** Returns the clock of this machine. */
  static BackoffClock system() {
    return SystemBackoffClock.INSTANCE;
  }

  /** Returns the nanoseconds since some fixed moment; see {@link System#nanoTime}. */
  long nanoTime();

  /**
   * Blocks the calling thread for {@code nanos} nanoseconds, or until {@code token} is cancelled.
   * Returns at once if the token is cancelled already or {@code nanos} is not positive.
   *
   * @throws InterruptedException if the thread is interrupted, also if it was already and there is
   *     nothing to wait for; the interrupt flag is cleared then
   */
  void sleep(long nanos, CancellationToken token) throws InterruptedException;

  /**
   * Runs {@code action} once, {@code nanos} nanoseconds from now, on a thread that is not the
   * caller's to know. The action must be short and must not block.
   *
   * @return what takes the action back; nothing refers to the action once it has run or that is
   *     closed
   */
  Registration schedule(long nanos, Runnable action);

  /** As {@link #schedule(long, Runnable)}, with a duration. */
  default Registration schedule(Duration delay, Runnable action) {
    return schedule(Nanos.of(delay), action);
  }
}
