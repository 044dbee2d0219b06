package dev.llmretry.runtime.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.HandClock;
import dev.llmretry.runtime.QuietLog;
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
    clock.now = 0;
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
    clock.failure = new IllegalStateException("broken");
    Stopwatch stopwatch = new Stopwatch(clock);
    clock.failure = null;
    clock.now = 7;
    assertThat(stopwatch.elapsedNanos()).as("the first reading is the start").isZero();
    clock.now = 9;
    clock.failure = new IllegalStateException("broken");
    assertThat(stopwatch.elapsedNanos()).isZero();
    clock.failure = null;
    assertThat(stopwatch.elapsedNanos()).isEqualTo(2);
  }
}
