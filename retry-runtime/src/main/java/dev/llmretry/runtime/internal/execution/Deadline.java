package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.Closeables;
import dev.llmretry.runtime.internal.util.Log;
import org.jspecify.annotations.Nullable;

/** The time limit of a whole call, which starts when this object is created. */
final class Deadline {

  /** The start time if the clock failed. */
  private static final long UNKNOWN_START = Long.MIN_VALUE;

  private final BackoffClock clock;
  private final long limitNanos;
  private final long startNanos;

  /** The timer of a delay, and of the executor's queue after it. */
  private @Nullable Registration timer;

  Deadline(BackoffClock clock, long limitNanos) {
    this.clock = clock;
    this.limitNanos = limitNanos;
    this.startNanos = startOf(clock);
  }

  private static long startOf(BackoffClock clock) {
    try {
      return Math.max(clock.nanoTime(), UNKNOWN_START + 1);
    } catch (Throwable e) {
      logFailure(e);
      return UNKNOWN_START;
    }
  }

  /** Returns the time since the start; if the clock fails, that of a deadline that has passed. */
  long elapsedNanos() {
    if (startNanos == UNKNOWN_START) {
      return limitNanos;
    }
    try {
      return Math.max(0, clock.nanoTime() - startNanos); // if the clock goes back
    } catch (Throwable e) {
      logFailure(e);
      return limitNanos;
    }
  }

  /** Returns the time left; zero or less if the deadline has passed. */
  long remainingNanos() {
    return limitNanos - elapsedNanos();
  }

  /** Runs {@code action} when the deadline passes. Exceptions of the clock are rethrown. */
  void startTimer(CallScheduler scheduler, Runnable action) {
    timer = scheduler.scheduleTimeout(remainingNanos(), action);
  }

  void stopTimer() {
    Registration started = timer;
    timer = null;
    if (started != null) {
      Closeables.closeLogging(started, Closeables.TIMER);
    }
  }

  private static void logFailure(Throwable e) {
    Log.warning("The clock failed; the deadline counts as passed", e);
  }
}
