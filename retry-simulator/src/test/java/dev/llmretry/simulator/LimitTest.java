package dev.llmretry.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitTest {

  @Test
  void aBucketIsRefilled() {
    LimitState bucket = Limit.requestsPerMinute(60, 2).start();
    bucket.accept(0, 1);
    assertThat(bucket.admits(0, 1)).isTrue();
    bucket.accept(0, 1);
    assertThat(bucket.admits(0, 1)).isFalse();
    assertThat(bucket.secondsUntilAdmitted(0.25, 1)).isCloseTo(0.75, within(1e-9));
    assertThat(bucket.admits(0.99, 1)).isFalse();
    assertThat(bucket.admits(1, 1)).isTrue();
  }

  @Test
  void aBucketHoldsNoMoreThanItsSize() {
    LimitState bucket = Limit.requestsPerMinute(60, 2).start();
    assertThat(bucket.secondsUntilAdmitted(1_000, 1)).isNegative();
    bucket.accept(1_000, 1);
    bucket.accept(1_000, 1);
    assertThat(bucket.admits(1_000, 1)).isFalse();
  }

  @Test
  void refusedRequestsThatCountCostAsMuchAsOthers() {
    LimitState bucket = Limit.requestsPerMinute(60, 1).start();
    bucket.accept(0, 1);
    bucket.countRefusal(0.5, 1);
    assertThat(bucket.secondsUntilAdmitted(0.5, 1)).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void aBucketNeverLacksMoreThanItsSizeBecauseOfRefusals() {
    LimitState bucket = Limit.tokensPerMinute(6_000, 500).start();
    bucket.accept(0, 500);
    bucket.countRefusal(0, 400);
    bucket.countRefusal(0, 400);
    assertThat(bucket.secondsUntilAdmitted(0, 100)).isCloseTo(6, within(1e-9));
    bucket.accept(0, 300);
    bucket.countRefusal(0, 400);
    assertThat(bucket.secondsUntilAdmitted(0, 100)).isCloseTo(9, within(1e-9));
  }

  @Test
  void aBucketOfTokensAdmitsByTheirNumber() {
    LimitState bucket = Limit.tokensPerMinute(6_000, 500).start();
    bucket.accept(0, 300);
    assertThat(bucket.admits(0, 200)).isTrue();
    assertThat(bucket.admits(0, 300)).isFalse();
    assertThat(bucket.secondsUntilAdmitted(0, 300)).isCloseTo(1, within(1e-9));
  }

  @Test
  void aRequestLargerThanTheBucketNeedsAFullOne() {
    LimitState bucket = Limit.tokensPerMinute(6_000, 500).start();
    assertThat(bucket.admits(0, 800)).isTrue();
    bucket.accept(0, 800);
    assertThat(bucket.secondsUntilAdmitted(0, 100)).isCloseTo(4, within(1e-9));
    assertThat(bucket.admits(7.9, 800)).isFalse();
    assertThat(bucket.admits(8, 800)).isTrue();
  }

  @Test
  void aWindowBeginsAnew() {
    LimitState window = Limit.requestsPerWindow(2, Duration.ofSeconds(10)).start();
    window.accept(9, 1);
    window.countRefusal(9, 1);
    assertThat(window.admits(9.5, 1)).isFalse();
    assertThat(window.secondsUntilAdmitted(9.5, 1)).isCloseTo(0.5, within(1e-9));
    assertThat(window.admits(10, 1)).isTrue();
  }

  @Test
  void concurrentRequestsAreReleased() {
    LimitState limit = Limit.concurrentRequests(1).start();
    limit.accept(0, 1);
    limit.countRefusal(0, 1);
    assertThat(limit.admits(0, 1)).isFalse();
    assertThat(limit.secondsUntilAdmitted(0, 1)).isNaN();
    limit.release();
    assertThat(limit.admits(0, 1)).isTrue();
  }

  @Test
  void capacityChangesAreMultiples() {
    LimitState bucket = Limit.requestsPerMinute(60, 1).start();
    bucket.accept(0, 1);
    bucket.setCapacity(0, 0.5);
    assertThat(bucket.secondsUntilAdmitted(0, 1)).isCloseTo(2, within(1e-9));
    LimitState window = Limit.requestsPerWindow(2, Duration.ofSeconds(10)).start();
    window.setCapacity(0, 0.5);
    window.accept(0, 1);
    assertThat(window.admits(0, 1)).isFalse();
    LimitState concurrency = Limit.concurrentRequests(2).start();
    concurrency.setCapacity(0, 2);
    concurrency.accept(0, 1);
    concurrency.accept(0, 1);
    concurrency.accept(0, 1);
    assertThat(concurrency.admits(0, 1)).isTrue();
  }

  @Test
  void limitsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Limit.requestsPerMinute(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limit.requestsPerMinute(1, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limit.tokensPerMinute(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limit.requestsPerWindow(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limit.concurrentRequests(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hintsAreHeaders() {
    assertThat(Hint.exact().headers(1.2341)).isEqualTo(Map.of("retry-after-ms", List.of("1235")));
    assertThat(Hint.wholeSeconds().headers(1.2)).isEqualTo(Map.of("Retry-After", List.of("2")));
    assertThat(Hint.wholeSeconds().headers(0)).isEqualTo(Map.of("Retry-After", List.of("1")));
    assertThat(Hint.constant(Duration.ofSeconds(3)).headers(60))
        .isEqualTo(Map.of("retry-after-ms", List.of("3000")));
    assertThat(Hint.none().headers(1)).isEmpty();
    assertThat(Hint.exact().headers(Double.NaN)).isEmpty();
  }
}
