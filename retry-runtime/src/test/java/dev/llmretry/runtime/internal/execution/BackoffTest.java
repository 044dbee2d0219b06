package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.Jitter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arithmetic of back-off. */
class BackoffTest {

  private static List<Long> exponential(long base, double multiplier, long max, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(attempt -> Backoff.exponential(base, multiplier, max, attempt))
        .toList();
  }

  @Test
  void delaysGrowUpToTheMaximum() {
    assertThat(exponential(100, 2, 1_000, 5)).containsExactly(100L, 200L, 400L, 800L, 1_000L);
    assertThat(exponential(100, 1, 1_000, 3)).containsExactly(100L, 100L, 100L);
  }

  @Test
  void fractionsAreRounded() {
    assertThat(exponential(3, 1.5, 100, 3)).containsExactly(3L, 5L, 7L);
  }

  @Test
  void overflowIsTheMaximum() {
    assertThat(Backoff.exponential(1, 2, Long.MAX_VALUE, 10_000)).isEqualTo(Long.MAX_VALUE);
    assertThat(Backoff.exponential(1, Double.MAX_VALUE, 7, 3)).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void withoutABaseDelayThereIsNone(Jitter jitter) {
    assertThat(Backoff.ceiling(jitter, 0, Double.MAX_VALUE, 100, 10_000, 50)).isZero();
    assertThat(Backoff.floor(jitter, 0, 0)).isZero();
  }

  @Test
  void decorrelatedJitterTriplesThePreviousDelay() {
    assertThat(Backoff.ceiling(Jitter.DECORRELATED, 100, 2, 10_000, 1, 0)).isEqualTo(300);
    assertThat(Backoff.ceiling(Jitter.DECORRELATED, 100, 2, 10_000, 2, 250)).isEqualTo(750);
    assertThat(Backoff.ceiling(Jitter.DECORRELATED, 100, 2, 10_000, 2, 9_000)).isEqualTo(10_000);
    assertThat(Backoff.ceiling(Jitter.DECORRELATED, 100, 2, Long.MAX_VALUE, 2, Long.MAX_VALUE - 1))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void otherJitterIgnoresThePreviousDelay() {
    assertThat(Backoff.ceiling(Jitter.FULL, 100, 2, 10_000, 2, 9_000)).isEqualTo(200);
  }

  @Test
  void floorDependsOnTheJitter() {
    assertThat(Backoff.floor(Jitter.NONE, 100, 401)).isEqualTo(401);
    assertThat(Backoff.floor(Jitter.FULL, 100, 401)).isZero();
    assertThat(Backoff.floor(Jitter.EQUAL, 100, 401)).isEqualTo(200);
    assertThat(Backoff.floor(Jitter.DECORRELATED, 100, 401)).isEqualTo(100);
  }

  @Test
  void theShortestDelaysBeforeAnAttemptMustEndBeforeTheDeadline() {
    assertThat(Backoff.firstBeyond(Jitter.NONE, 100, 2, 1_000, 3, 701)).isNull();
    assertThat(Backoff.firstBeyond(Jitter.NONE, 100, 2, 1_000, 3, 700))
        .isEqualTo(new Backoff.Unreachable(4, 700));
    assertThat(Backoff.firstBeyond(Jitter.EQUAL, 100, 2, 1_000, 3, 150))
        .isEqualTo(new Backoff.Unreachable(3, 150));
    assertThat(Backoff.firstBeyond(Jitter.DECORRELATED, 100, 2, 1_000, 3, 250))
        .isEqualTo(new Backoff.Unreachable(4, 300));
    assertThat(Backoff.firstBeyond(Jitter.FULL, 100, 2, 1_000, 3, 1)).isNull();
    assertThat(Backoff.firstBeyond(Jitter.NONE, 100, 2, 1_000, 0, 1)).isNull();
  }
}
