package dev.llmretry.runtime;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that is advanced by the test. */
public final class HandClock implements BackoffClock {

  public record Timer(long at, Runnable action) {}

  public final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at));
  public long now = 1;

  /** Thrown instead of returning the time. */
  public RuntimeException failure;

  /** Thrown instead of starting a timer. */
  public RuntimeException rejection;

  /** Whether the next action is run on the thread that schedules it. */
  public boolean runsAtOnce;

  public void advance(long nanos) {
    long end = now + nanos;
    while (!timers.isEmpty() && timers.peek().at <= end) {
      Timer timer = timers.poll();
      now = Math.max(now, timer.at);
      timer.action.run();
    }
    now = end;
  }

  @Override
  public long nanoTime() {
    if (failure != null) {
      throw failure;
    }
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(now);
  }

  @Override
  public void sleep(long nanos, CancellationToken token) {
    throw new AssertionError("nothing blocks here");
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    if (rejection != null) {
      throw rejection;
    }
    if (runsAtOnce) {
      runsAtOnce = false;
      action.run();
      return () -> {};
    }
    Timer timer = new Timer(now + nanos, action);
    timers.add(timer);
    return () -> timers.remove(timer);
  }
}
