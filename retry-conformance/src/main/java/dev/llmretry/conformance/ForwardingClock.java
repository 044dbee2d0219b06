package dev.llmretry.conformance;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Instant;

/** Delegates to another clock, for tests that override a part of it. */
public class ForwardingClock implements BackoffClock {

  private final BackoffClock clock;

  public ForwardingClock(BackoffClock clock) {
    this.clock = clock;
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
    return clock.schedule(nanos, action);
  }
}
