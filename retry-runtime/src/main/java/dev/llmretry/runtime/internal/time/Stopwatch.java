package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.internal.util.Log;

/**
 * Measures the time since it was created. If the clock fails or goes back, no time passes. Not
 * thread-safe.
 */
public final class Stopwatch {

  private final BackoffClock clock;
  private long startNanos;
  private boolean started;
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
      if (!started) {
        startNanos = now;
        started = true;
      }
      elapsedNanos = Math.max(elapsedNanos, now - startNanos);
    } catch (Throwable e) {
      Log.warning("The clock failed; no time is measured", e);
    }
    return elapsedNanos;
  }
}
