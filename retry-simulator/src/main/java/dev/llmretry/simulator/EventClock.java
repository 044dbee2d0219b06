package dev.llmretry.simulator;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.testing.internal.EventQueue;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The virtual clock of a simulation, and its executor. Actions run one after the other, in the
 * order of their times, on the thread that runs the simulation; a {@link CallerThread} runs while
 * that thread waits for it. So one thread runs at a time, and no lock is needed.
 */
final class EventClock implements BackoffClock, Executor {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final EventQueue events = new EventQueue();
  private long now;

  @Override
  public long nanoTime() {
    return now;
  }

  /** Returns the seconds since the simulation began. */
  double seconds() {
    return now / 1e9;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(now);
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    EventQueue.Event event = add(nanos, action);
    return () -> events.remove(event);
  }

  /** Runs {@code action} after a time in seconds. */
  EventQueue.Event scheduleSeconds(double seconds, Runnable action) {
    return add(nanos(seconds), action);
  }

  /** Removes an action that need not be run. */
  void cancel(EventQueue.Event event) {
    events.remove(event);
  }

  private EventQueue.Event add(long nanos, Runnable action) {
    long delay = Math.max(0, nanos);
    return events.add(delay > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + delay, action);
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /** Runs {@code task} at the current time, after what is scheduled for it already. */
  @Override
  public void execute(Runnable task) {
    events.add(now, task);
  }

  /**
   * Advances to the next action and runs it.
   *
   * @return whether there was one
   */
  boolean runNext() {
    EventQueue.Event event = events.poll(Long.MAX_VALUE);
    if (event == null) {
      return false;
    }
    now = event.time();
    event.run();
    return true;
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (token.isCancelled() || nanos <= 0) {
      return;
    }
    CallerThread caller = CallerThread.current();
    EventQueue.Event elapsed = add(nanos, caller::wake);
    try {
      await(caller, token);
    } finally {
      events.remove(elapsed);
    }
  }

  @Override
  public void await(CancellationToken token) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!token.isCancelled()) {
      await(CallerThread.current(), token);
    }
  }

  private static void await(CallerThread caller, CancellationToken token)
      throws InterruptedException {
    Registration onCancel = token.onCancel(caller::wake);
    try {
      caller.await();
    } finally {
      onCancel.close();
    }
  }
}
