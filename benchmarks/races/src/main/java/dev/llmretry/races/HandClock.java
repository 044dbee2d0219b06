package dev.llmretry.races;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A clock whose time passes, and whose timers fire, on demand. */
public final class HandClock implements BackoffClock {

  private static final long MAX_SLEEP_NANOS = 10_000_000_000L;

  private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();
  private volatile long now;

  @Override
  public long nanoTime() {
    return now;
  }

  /** Sets the time; fires no timer. */
  public void setTime(long nanos) {
    now = nanos;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }

  /** Waits until the token is cancelled: no time passes by itself. */
  @Override
  public void sleep(long nanos, CancellationToken token) {
    long limit = System.nanoTime() + MAX_SLEEP_NANOS;
    while (!token.isCancelled()) {
      if (System.nanoTime() - limit > 0) {
        throw new IllegalStateException("nobody has ended the sleep");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    var timer = new Timer(action);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /** Fires the timer that was scheduled first, if there is one. */
  public void fire() {
    Timer timer = timers.poll();
    if (timer != null) {
      timer.action.run();
    }
  }

  /** Returns the number of pending timers. */
  public int size() {
    return timers.size();
  }

  /** Not a record: timers are compared by identity. */
  private static final class Timer {

    private final Runnable action;

    Timer(Runnable action) {
      this.action = action;
    }
  }
}
