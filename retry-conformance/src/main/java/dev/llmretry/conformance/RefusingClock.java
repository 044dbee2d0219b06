package dev.llmretry.conformance;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.Registration;

/** A clock that rejects all timers after the first few. */
public final class RefusingClock extends ForwardingClock {

  private int left;

  public RefusingClock(BackoffClock clock, int timers) {
    super(clock);
    this.left = timers;
  }

  @Override
  public synchronized Registration schedule(long nanos, Runnable action) {
    if (left == 0) {
      throw new IllegalStateException("shut down");
    }
    left--;
    return super.schedule(nanos, action);
  }
}
