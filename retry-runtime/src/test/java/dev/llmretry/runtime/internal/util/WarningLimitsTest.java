package dev.llmretry.runtime.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarningLimitsTest {

  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1); // it overflows soon
  private final WarningLimits limits = new WarningLimits(time::get);

  private void advance(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  @Test
  void theFirstWarningOfASourceIsLogged() {
    assertThat(limits.request("token")).isZero();
    assertThat(limits.request("listener")).isZero();
  }

  @Test
  void othersAreCountedForAMinute() {
    limits.request("token");
    for (int i = 0; i < 1_000; i++) {
      assertThat(limits.request("token")).isEqualTo(WarningLimits.LEFT_OUT);
    }
    advance(Duration.ofMinutes(1).minusNanos(1));
    assertThat(limits.request("token")).isEqualTo(WarningLimits.LEFT_OUT);
    advance(Duration.ofNanos(1));
    assertThat(limits.request("token")).isEqualTo(1_001);
    assertThat(limits.request("token")).isEqualTo(WarningLimits.LEFT_OUT);
    advance(Duration.ofMinutes(5));
    assertThat(limits.request("token")).isEqualTo(1);
  }

  @Test
  void nothingIsCountedTwice() {
    limits.request("token");
    advance(Duration.ofHours(1));
    assertThat(limits.request("token")).isZero();
  }

  @Test
  void manySourcesShareALimit() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limits.request("source " + i)).isZero();
    }
    assertThat(limits.request("another")).isZero();
    assertThat(limits.request("one more")).isEqualTo(WarningLimits.LEFT_OUT);
    assertThat(limits.request("source 0")).isEqualTo(WarningLimits.LEFT_OUT);
  }
}
