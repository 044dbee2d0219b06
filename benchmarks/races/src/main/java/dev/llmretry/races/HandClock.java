package dev.llmretry.races;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A clock that stands still, and whose timers fire when they are told to. */
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
    throw new UnsupportedOperationException("nobody waits");
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    var timer = new Timer(action);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /** Fires the timer that was set first, if there is one. */
  public void fire() {
    Timer timer = timers.poll();
    if (timer != null) {
      timer.action.run();
    }
  }

  /** Returns how many timers are set. */
  public int size() {
    return timers.size();
  }

  /** A class and no record: two timers of one action are two. */
  private static final class Timer {

    private final Runnable action;

    Timer(Runnable action) {
      this.action = action;
    }
  }
}
