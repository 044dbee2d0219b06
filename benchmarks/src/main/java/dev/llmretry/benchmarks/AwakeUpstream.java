package dev.llmretry.benchmarks;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.time.Duration;

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
    clock.advance(AFTER_PUSHBACK);
    return runtime;
  }
}
