package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.internal.util.Log;
import org.jspecify.annotations.Nullable;

/**
 * Measures the time since it was created. No time passes while the clock fails, or at the moment it
 * goes back. A failure is not logged at once, as the caller may hold a lock. Not thread-safe.
 */
public final class Stopwatch {

  private final BackoffClock clock;
  private boolean started;
  private long lastNanos;
  private long elapsedNanos;
  private @Nullable Throwable failure;

  /** Starts to measure. */
  public Stopwatch(BackoffClock clock) {
    this.clock = clock;
    elapsedNanos();
  }

  /** Returns the time since the start, in nanoseconds; never less than it returned before. */
  public long elapsedNanos() {
    try {
      long now = clock.nanoTime();
      if (started) {
        elapsedNanos += Math.max(0, now - lastNanos);
      }
      lastNanos = now;
      started = true;
    } catch (Throwable e) {
      failure = e;
    }
    return elapsedNanos;
  }

  /** {@return the exception with which the clock has failed since the last call, or null} */
  public @Nullable Throwable takeFailure() {
    Throwable taken = failure;
    failure = null;
    return taken;
  }

  /**
   * Logs that the clock failed.
   *
   * @param failure what {@link #takeFailure} has returned
   */
  public static void logFailure(@Nullable Throwable failure) {
    if (failure != null) {
      Log.warning("The clock failed; no time is measured", failure);
    }
  }
}
