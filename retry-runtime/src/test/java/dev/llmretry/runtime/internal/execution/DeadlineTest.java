package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.Registration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadlineTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final SettableClock clock = new SettableClock();

  private static final class SettableClock implements BackoffClock {

    private long now;
    private boolean fails;

    @Override
    public long nanoTime() {
      if (fails) {
        throw new IllegalStateException("broken");
      }
      return now;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
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
    clock.fails = true;
    var deadline = new Deadline(clock, 100);
    clock.fails = false;
    assertThat(deadline.remainingNanos()).isZero();
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void aDeadlineHasPassedIfTheClockFailsLater() {
    var deadline = new Deadline(clock, 100);
    clock.fails = true;
    assertThat(deadline.remainingNanos()).isZero();
    assertThat(log.warnings()).hasSize(1);
  }
}
