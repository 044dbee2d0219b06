package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that is advanced by the test. */
final class HandClock implements BackoffClock {

  record Timer(long at, Runnable action) {}

  final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
  long now = 1;

  /** Thrown instead of returning the time. */
  RuntimeException failure;

  /** Thrown instead of starting a timer. */
  RuntimeException rejection;

  /** Whether the next action is run on the thread that schedules it. */
  boolean runsAtOnce;

  void advance(long nanos) {
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
