package dev.llmretry.examples.client;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A virtual clock for calls that block no thread: a test can wait until they wait. */
final class WatchedClock implements BackoffClock {

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final BlockingQueue<Duration> scheduled = new LinkedBlockingQueue<>();

  /** Blocks until something has been scheduled after this delay, then moves on by it. */
  void passOnceScheduled(Duration delay) throws InterruptedException {
    awaitScheduled(delay);
    clock.advance(delay);
  }

  void awaitScheduled(Duration delay) throws InterruptedException {
    Duration next = scheduled.take();
    while (!next.equals(delay)) {
      next = scheduled.take();
    }
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  /** Blocks until nothing is left scheduled; what is cancelled may take a moment to let go. */
  void awaitNothingScheduled() {
    while (clock.scheduledCount() > 0) {
      Thread.onSpinWait();
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
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    clock.sleep(nanos, token);
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    Registration registration = clock.schedule(nanos, action);
    scheduled.add(Duration.ofNanos(nanos));
    return registration;
  }
}
