package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.internal.util.Log;

/**
 * Measures the time since it was created. No time passes while the clock fails, or at the moment it
 * goes back. Not thread-safe.
 */
public final class Stopwatch {

  private final BackoffClock clock;
  private boolean started;
  private long lastNanos;
  private long elapsedNanos;

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
      Log.warning("The clock failed; no time is measured", e);
    }
    return elapsedNanos;
  }
}
