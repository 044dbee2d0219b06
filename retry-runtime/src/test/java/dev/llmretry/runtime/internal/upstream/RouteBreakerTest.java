package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteBreakerTest {

  private static final long SECOND = 1_000_000_000;

  private final RouteBreaker route = new RouteBreaker(SharedUpstream.NONE);

  private Ticket take(long now) {
    return requireNonNull(route.take(now));
  }

  /** Closes the route, and has its probe succeed a second later, which opens it. */
  private void open() {
    route.failed(true, 0);
    assertThat(route.succeeded(take(SECOND), SECOND)).isTrue();
  }

  @Test
  void limitsNothingAtFirst() {
    assertThat(route.isUnlimited()).isTrue();
    assertThat(route.isAtRest(0)).isTrue();
    assertThat(route.delay(0)).isZero();
    assertThat(route.take(0)).isNull();
  }

  @Test
  void tenFailuresCloseIt() {
    for (int i = 1; i < 10; i++) {
      assertThat(route.failed(false, 0)).as("failure " + i).isFalse();
    }
    assertThat(route.isUnlimited()).isTrue();
    assertThat(route.failed(false, 0)).isTrue();
    assertThat(route.isUnlimited()).isFalse();
    assertThat(route.delay(0)).isEqualTo(SECOND);
  }

  @Test
  void tenSuccessesMakeUpForOneFailure() {
    for (int i = 0; i < 9; i++) {
      route.failed(false, 0);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(route.succeeded(null, 0)).isFalse();
    }
    assertThat(route.failed(false, 0)).isFalse();
    assertThat(route.failed(false, 0)).isTrue();
  }

  @Test
  void someFailuresCloseItAtOnce() {
    assertThat(route.failed(true, 0)).isTrue();
    assertThat(route.level()).isZero();
    assertThat(route.failed(true, 0)).as("it is closed").isFalse();
  }

  @Test
  void failuresBeforeMakeNoDifferenceToThat() {
    route.failed(false, 0);
    assertThat(route.failed(true, 0)).isTrue();
    assertThat(route.level()).isZero();
  }

  @Test
  void oneAttemptASecondTestsIt() {
    route.failed(true, 0);
    assertThat(route.delay(SECOND)).isZero();
    Ticket probe = take(SECOND);
    assertThat(probe.isFirst).isTrue();
    assertThat(probe.begunAt).isEqualTo(SECOND);
    assertThat(route.delay(SECOND)).isEqualTo(SECOND);
  }

  @Test
  void onlyAnAttemptThatBeganSinceItWasClosedOpensIt() {
    route.failed(true, SECOND);
    assertThat(route.succeeded(null, SECOND)).isFalse();
    assertThat(route.succeeded(new Ticket(SECOND - 1, 0, true), SECOND)).isFalse();
    assertThat(route.level()).isZero();
    assertThat(route.succeeded(new Ticket(SECOND, 0, true), SECOND)).isTrue();
  }

  @Test
  void twoFailuresCloseARouteThatHasJustBeenOpened() {
    open();
    assertThat(route.level()).isEqualTo(0.2);
    assertThat(route.failed(false, SECOND)).isFalse();
    assertThat(route.failed(false, SECOND)).isTrue();
  }

  @Test
  void callsReturnAtTwoASecondAndThenFaster() {
    open();
    assertThat(route.isUnlimited()).isFalse();
    assertThat(route.delay(SECOND)).isZero();
    assertThat(take(SECOND).isFirst).isTrue();
    assertThat(route.delay(SECOND)).isEqualTo(SECOND / 2);
    take(3 * SECOND / 2);
    assertThat(route.delay(3 * SECOND / 2)).isEqualTo(SECOND / 4);
  }

  @Test
  void aRouteThatIsClosedAgainOpensAsSlowly() {
    open();
    take(5 * SECOND);
    route.failed(true, 5 * SECOND);
    assertThat(route.delay(5 * SECOND)).isEqualTo(SECOND);
    assertThat(route.succeeded(take(6 * SECOND), 6 * SECOND)).isTrue();
    take(6 * SECOND);
    assertThat(route.delay(6 * SECOND)).isEqualTo(SECOND / 2);
  }

  @Test
  void isAtRestWhenAllCallsHaveReturnedForLong() {
    open();
    for (int i = 0; i < 80; i++) {
      assertThat(route.isAtRest(62 * SECOND)).isFalse();
      route.succeeded(null, SECOND);
    }
    assertThat(route.isAtRest(61 * SECOND)).as("within a minute").isFalse();
    assertThat(route.isUnlimited()).isFalse();
    assertThat(route.isAtRest(61 * SECOND + 1)).isTrue();
    assertThat(route.isUnlimited()).isTrue();
  }

  @Test
  void aResetOpensIt() {
    route.failed(true, 0);
    route.reset();
    assertThat(route.level()).isEqualTo(1);
    assertThat(route.take(0)).isNull();
  }

  @Test
  void aResetLetsAllCallsReturn() {
    open();
    route.reset();
    assertThat(route.isUnlimited()).isTrue();
    assertThat(route.delay(SECOND)).isZero();
  }
}
