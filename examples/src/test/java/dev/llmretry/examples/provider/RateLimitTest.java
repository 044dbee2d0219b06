package dev.llmretry.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RateLimit limit = new RateLimit(10, 2, clock::nanoTime);

  private Duration after(long millis) {
    clock.advance(Duration.ofMillis(millis));
    return limit.request();
  }

  @Test
  void acceptsABurstAndThenTheRate() {
    assertThat(Stream.of(after(0), after(0), after(100), after(100))).containsOnly(Duration.ZERO);
  }

  @Test
  void refusedRequestsCountUpToABurst() {
    assertThat(Stream.of(after(0), after(0))).containsOnly(Duration.ZERO);

    assertThat(Stream.of(after(0), after(0), after(0)))
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(300));
  }

  @Test
  void acceptsARequestThatComesWhenToldTo() {
    assertThat(Stream.of(after(0), after(0))).containsOnly(Duration.ZERO);
    Duration wait = after(0);

    assertThat(after(wait.toMillis())).isZero();
    assertThat(after(99)).isEqualTo(Duration.ofMillis(101));
  }

  @Test
  void holdsNoMoreThanABurst() {
    assertThat(Stream.of(after(60_000), after(0))).containsOnly(Duration.ZERO);
    assertThat(after(0)).isPositive();
  }
}
