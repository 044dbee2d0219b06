package dev.llmretry.examples;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.time.Instant;

/** Another clock, with a look at how long was really waited. For one call at a time. */
final class MeasuringClock implements BackoffClock {

  private final BackoffClock clock;
  private long waitedNanos;

  MeasuringClock(BackoffClock clock) {
    this.clock = clock;
  }

  /** Returns how long all waits so far took. */
  Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    long begun = clock.nanoTime();
    try {
      clock.sleep(nanos, token);
    } finally {
      waitedNanos += clock.nanoTime() - begun;
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
    return clock.schedule(nanos, action);
  }
}
