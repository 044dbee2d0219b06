package dev.llmretry.providertests;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A virtual clock that moves on by itself not only for threads that wait, but also for calls that
 * do not block one: the answers of a real client come in their own time, and no test could say when
 * to advance it. Records the waits of both.
 */
public final class RecordingClock implements BackoffClock {

  private final VirtualBackoffClock clock;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  /** Makes a clock that shows that time. */
  public RecordingClock(Instant start) {
    clock = VirtualBackoffClock.autoAdvancing(start);
  }

  /** Returns the waits so far. */
  public List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    waits.add(Duration.ofNanos(nanos));
    clock.sleep(nanos, token);
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    waits.add(Duration.ofNanos(nanos));
    Registration registration = clock.schedule(nanos, action);
    clock.advance(Duration.ofNanos(nanos));
    return registration;
  }
}
