package dev.llmretry.runtime.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietLog.class)
class StopwatchTest {

  private final HandClock clock = new HandClock();

  @Test
  void measuresTheTimeSinceItsCreation() {
    clock.now = Long.MAX_VALUE - 3;
    Stopwatch stopwatch = new Stopwatch(clock);
    clock.now += 10;
    assertThat(stopwatch.elapsedNanos()).isEqualTo(10);
  }

  @Test
  void timePassesAgainAfterTheClockHasGoneBack() {
    Stopwatch stopwatch = new Stopwatch(clock);
    clock.now = 10;
    assertThat(stopwatch.elapsedNanos()).isEqualTo(10);
    clock.now = -1_000;
    assertThat(stopwatch.elapsedNanos()).isEqualTo(10);
    clock.now = -995;
    assertThat(stopwatch.elapsedNanos()).isEqualTo(15);
  }

  @Test
  void noTimePassesWhileTheClockFails() {
    clock.broken = true;
    Stopwatch stopwatch = new Stopwatch(clock);
    clock.broken = false;
    clock.now = 7;
    assertThat(stopwatch.elapsedNanos()).as("the first reading is the start").isZero();
    clock.now = 9;
    clock.broken = true;
    assertThat(stopwatch.elapsedNanos()).isZero();
    clock.broken = false;
    assertThat(stopwatch.elapsedNanos()).isEqualTo(2);
  }

  private static final class HandClock implements BackoffClock {

    private long now;
    private boolean broken;

    @Override
    public long nanoTime() {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return now;
    }

    @Override
    public Instant instant() {
      throw new AssertionError("not the wall time");
    }

    @Override
    public void sleep(long nanos, CancellationToken token) {
      throw new AssertionError("nothing sleeps");
    }

    @Override
    public Registration schedule(long nanos, Runnable action) {
      throw new AssertionError("nothing is scheduled");
    }
  }
}
