package dev.llmretry.benchmarks;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A million times slower than the system clock, so that an upstream does not change while it is
 * measured.
 */
public final class SlowClock implements BackoffClock {

  private static final int SLOWNESS = 1_000_000;

  private final BackoffClock system = BackoffClock.system();
  private final long start = system.nanoTime();
  private final AtomicLong offset = new AtomicLong();

  void advance(Duration time) {
    offset.addAndGet(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return offset.get() + (system.nanoTime() - start) / SLOWNESS;
  }

  @Override
  public Instant instant() {
    return system.instant();
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    system.sleep(nanos, token);
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    return system.schedule(nanos, action);
  }
}
