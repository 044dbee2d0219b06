package dev.llmretry.benchmarks.callers.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final Offset<Double> ROUNDING = within(1e-9);

  private final TokenBucket bucket = new TokenBucket(10, 2);

  @Test
  void acceptsABurstAndThenTheRate() {
    assertThat(bucket.request(0)).isZero();
    assertThat(bucket.request(0)).isZero();
    assertThat(bucket.request(0.05)).isPositive();
  }

  @Test
  void isFullAgainAfterATimeWithoutRequests() {
    acceptsABurstAndThenTheRate();

    assertThat(bucket.request(100)).isZero();
    assertThat(bucket.request(100)).isZero();
    assertThat(bucket.request(100)).isPositive();
  }

  @Test
  void refusedRequestsCountUpToABurst() {
    bucket.request(0);
    bucket.request(0);

    assertThat(bucket.request(0)).isCloseTo(0.2, ROUNDING);
    assertThat(bucket.request(0)).isCloseTo(0.3, ROUNDING);
    assertThat(bucket.request(0)).isCloseTo(0.3, ROUNDING);
  }

  @Test
  void acceptsARequestThatComesWhenToldTo() {
    bucket.request(0);
    bucket.request(0);
    double wait = bucket.request(0);

    assertThat(bucket.request(wait)).isZero();
    assertThat(bucket.request(wait)).isPositive();
  }

  @Test
  void twiceTheRateIsRefusedAlmostAlways() {
    int accepted = 0;
    for (int i = 0; i < 200; i++) {
      accepted += bucket.request(i / 20.0) == 0 ? 1 : 0;
    }

    assertThat(accepted).as("of 100 that the limit would allow in these 10 s").isLessThan(10);
  }
}
