package dev.llmretry.runtime.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void longTimesAreCutToWhatALongHolds() {
    assertThat(Durations.toNanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThat(Durations.toNanos(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThat(Durations.toNanos(Duration.ofNanos(Long.MAX_VALUE - 1)))
        .isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void noLimitIsTheLongestTime() {
    assertThat(Durations.toNanos(null)).isEqualTo(Durations.UNLIMITED);
  }

  @Test
  void timesAreFormattedInMilliseconds() {
    assertThat(Durations.format(Duration.ofSeconds(2))).isEqualTo("2000 ms");
    assertThat(Durations.format(Duration.ofNanos(1_500_000))).isEqualTo("1.5 ms");
  }
}
