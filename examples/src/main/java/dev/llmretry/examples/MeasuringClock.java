package dev.llmretry.examples;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Another clock, with a look at how long was really waited. For one call at a time. */
final class MeasuringClock implements BackoffClock {

  private static final long NONE = -1;

  private final BackoffClock clock;
  private final AtomicLong waitedNanos = new AtomicLong();
  private volatile long announcedNanos = NONE;

  MeasuringClock(BackoffClock clock) {
    this.clock = clock;
  }

  /** Returns how long all waits so far took. */
  Duration waited() {
    return Duration.ofNanos(waitedNanos.get());
  }

  /**
   * Says that a wait of this length comes next. Calls that block no thread schedule their waits,
   * and other things besides.
   */
  void announceWait(Duration delay) {
    announcedNanos = delay.toNanos();
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    Wait wait = new Wait();
    try {
      clock.sleep(nanos, token);
    } finally {
      wait.end();
    }
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    if (nanos != announcedNanos) {
      return clock.schedule(nanos, action);
    }
    announcedNanos = NONE;
    Wait wait = new Wait();
    Registration scheduled =
        clock.schedule(
            nanos,
            () -> {
              wait.end();
              action.run();
            });
    return () -> {
      wait.end();
      scheduled.close();
    };
  }

  /** One wait, which ends once. */
  private final class Wait {

    private final long begun = clock.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    void end() {
      if (over.compareAndSet(false, true)) {
        waitedNanos.addAndGet(clock.nanoTime() - begun);
      }
    }
  }
}
