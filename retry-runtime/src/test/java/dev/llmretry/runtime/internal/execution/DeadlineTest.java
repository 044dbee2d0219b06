package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.HandClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadlineTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final HandClock clock = new HandClock();

  @Test
  void whatIsLeftIsTheLimitWithoutTheTimeSinceTheStart() {
    clock.now = 5;
    var deadline = new Deadline(clock, 100);
    assertThat(deadline.remainingNanos()).isEqualTo(100);
    clock.now = 35;
    assertThat(deadline.elapsedNanos()).isEqualTo(30);
    assertThat(deadline.remainingNanos()).isEqualTo(70);
  }

  @Test
  void aClockThatGoesBackDoesNotProlongTheDeadline() {
    clock.now = 5;
    var deadline = new Deadline(clock, 100);
    clock.now = 0;
    assertThat(deadline.remainingNanos()).isEqualTo(100);
  }

  @Test
  void aDeadlineWhoseStartIsUnknownHasPassed() {
    clock.failure = new IllegalStateException("broken");
    var deadline = new Deadline(clock, 100);
    clock.failure = null;
    assertThat(deadline.remainingNanos()).isZero();
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void aDeadlineHasPassedIfTheClockFailsLater() {
    var deadline = new Deadline(clock, 100);
    clock.failure = new IllegalStateException("broken");
    assertThat(deadline.remainingNanos()).isZero();
    assertThat(log.warnings()).hasSize(1);
  }
}
