package dev.llmretry.benchmarks;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.time.Duration;
import java.time.Instant;

/** A runtime whose upstream stays awake, but admits all attempts at once. */
final class AwakeUpstream {

  /** Late enough for the rate to exceed any that can be measured, and before the upstream rests. */
  private static final Duration AFTER_PUSHBACK = Duration.ofSeconds(30);

  private AwakeUpstream() {}

  static RetryRuntime newRuntime() {
    SlowClock clock = new SlowClock();
    Upstream upstream = Upstream.of("awake");
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).upstream(upstream).build();
    upstream.pushback(Duration.ZERO);
    clock.offset = AFTER_PUSHBACK.toNanos();
    return runtime;
  }

  /** A million times slower than the system clock, so that the upstream does not rest. */
  private static final class SlowClock implements BackoffClock {

    private static final int SLOWNESS = 1_000_000;

    private final BackoffClock system = BackoffClock.system();
    private final long start = system.nanoTime();
    private volatile long offset;

    @Override
    public long nanoTime() {
      return offset + (system.nanoTime() - start) / SLOWNESS;
    }

    @Override
    public Instant instant() {
      return system.instant();
    }

    @Override
    public void sleep(long duration, CancellationToken token) throws InterruptedException {
      system.sleep(duration, token);
    }

    @Override
    public Registration schedule(long duration, Runnable action) {
      return system.schedule(duration, action);
    }
  }
}
