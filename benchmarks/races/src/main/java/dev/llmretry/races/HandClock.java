package dev.llmretry.races;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A clock whose time stands still, and whose timers fire on demand. */
public final class HandClock implements BackoffClock {

  private final Queue<Timer> timers = new ConcurrentLinkedQueue<>();

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }

  @Override
  public void sleep(long nanos, CancellationToken token) {
    throw new UnsupportedOperationException("no call blocks");
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
