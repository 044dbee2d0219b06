package dev.llmretry.benchmarks.peers;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs at once, on the thread that asks, what has no delay. */
final class SameThreadScheduler {

  private SameThreadScheduler() {}

  static ScheduledFuture<?> schedule(Callable<?> task, long delay, TimeUnit unit) {
    if (delay > 0) {
      throw new IllegalArgumentException("A delay: " + delay + " " + unit);
    }
    Done done = new Done();
    try {
      done.complete(task.call());
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
    return done;
  }

  private static final class Done extends CompletableFuture<Object>
      implements ScheduledFuture<Object> {

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(0, other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
