package dev.llmretry.conformance.async;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import java.util.List;

/**
 * Returns the time twice, and then throws.
 *
 * @param scheduled the actions that were scheduled
 */
record FailingClock(List<Runnable> scheduled, int[] told) implements BackoffClock {

  FailingClock(List<Runnable> scheduled) {
    this(scheduled, new int[1]);
  }

  @Override
  public long nanoTime() {
    if (++told[0] > 2) {
      throw new IllegalStateException("a clock that fails; its warning is expected");
    }
    return told[0];
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }

  @Override
  public void sleep(long nanos, CancellationToken token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    scheduled.add(action);
    return () -> {};
  }
}
