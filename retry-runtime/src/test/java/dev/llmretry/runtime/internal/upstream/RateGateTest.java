package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateGateTest {

  private static final long MILLIS = 1_000_000;
  private static final long SECOND = 1_000 * MILLIS;

  /** Without an offset after an opening. */
  private final RateGate gate = new RateGate(() -> 0);

  @Test
  void isDormantUntilThereIsAPushback() {
    assertThat(gate.isDormant()).isTrue();
    assertThat(gate.rate(0)).isInfinite();
    assertThat(gate.pushback(null, RateGate.NO_HINT, 100 * MILLIS, 0)).isNotZero();
    assertThat(gate.isDormant()).isFalse();
  }

  @Test
  void closesForTheHint() {
    gate.pushback(null, 3 * SECOND, 100 * MILLIS, 0);
    assertThat(gate.delay(0)).isEqualTo(3 * SECOND);
    assertThat(gate.delay(2 * SECOND)).isEqualTo(SECOND);
    assertThat(gate.delay(3 * SECOND)).isZero();
  }

  @Test
  void closesForTheDelayOfTheCallIfThereIsNoHint() {
    gate.pushback(null, RateGate.NO_HINT, 100 * MILLIS, 0);
    assertThat(gate.delay(0)).isEqualTo(100 * MILLIS);
  }

  @Test
  void aShorterHintDoesNotReplaceALongerOne() {
    gate.pushback(null, 3 * SECOND, 0, 0);
    assertThat(gate.pushback(null, SECOND, 0, 0)).isZero();
    assertThat(gate.delay(0)).isEqualTo(3 * SECOND);
    assertThat(gate.pushback(null, 4 * SECOND, 0, 0)).isZero();
    assertThat(gate.delay(0)).isEqualTo(4 * SECOND);
  }

  @Test
  void aPushbackOfAnAttemptThatBeganBeforeTheClosingShowsNothingNew() {
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    Ticket second = gate.begin(2 * SECOND);
    assertThat(gate.pushback(first, SECOND, 0, 2 * SECOND)).isNotZero();
    assertThat(gate.pushback(second, SECOND, 0, 2 * SECOND)).isZero();
  }

  @Test
  void anAttemptThatIsNotTheFirstAfterAnOpeningUsesUpNoRetry() {
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    gate.succeeded(first, SECOND);
    Ticket second = gate.begin(2 * SECOND);
    assertThat(gate.pushback(second, SECOND, 0, 2 * SECOND)).isZero();
    assertThat(gate.delay(2 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void closesForTwiceAsLongWhileTheFirstAttemptIsRefusedAtMostForThirtySeconds() {
    gate.pushback(null, SECOND, 0, 0);
    long now = SECOND;
    for (long expected : new long[] {2, 4, 8, 16, 30, 30}) {
      gate.pushback(gate.begin(now), SECOND, 0, now);
      assertThat(gate.delay(now)).isEqualTo(expected * SECOND);
      now += expected * SECOND;
    }
    gate.succeeded(gate.begin(now), now);
    gate.pushback(gate.begin(now), SECOND, 0, now);
    assertThat(gate.delay(now)).isEqualTo(SECOND);
  }

  @Test
  void opensWhenTheFirstAttemptSucceedsBefore() {
    gate.pushback(null, SECOND, 0, 0);
    gate.pushback(gate.begin(SECOND), SECOND, 0, SECOND);
    Ticket probe = gate.begin(2 * SECOND);
    assertThat(gate.closedFor(2 * SECOND)).isEqualTo(SECOND);
    assertThat(gate.succeeded(probe, 2 * SECOND)).isTrue();
    assertThat(gate.closedFor(2 * SECOND)).isZero();
  }

  @Test
  void doublesTheRateUntilOneHasBeenMeasured() {
    gate.pushback(null, SECOND, 0, 0);
    assertThat(gate.rate(SECOND)).isEqualTo(2);
    assertThat(gate.rate(SECOND + SECOND / 2)).isEqualTo(4);
    assertThat(gate.rate(2 * SECOND)).isEqualTo(8);
  }

  @Test
  void measuresTheRateThatTheProviderAccepts() {
    gate.pushback(null, SECOND, 0, 0);
    double tokens = 0;
    long now = 0;
    while (now < 120 * SECOND) {
      long waited = gate.delay(now);
      now += waited;
      tokens = Math.min(10, tokens + 10.0 * waited / SECOND);
      Ticket ticket = gate.begin(now);
      if (tokens >= 1) {
        tokens--;
        gate.succeeded(ticket, now);
      } else {
        gate.pushback(ticket, 100 * MILLIS, 0, now);
      }
    }
    gate.pushback(gate.begin(now), 0, 0, now);
    assertThat(gate.rate(now)).isCloseTo(10, within(1.0));
  }

  @Test
  void turnsAreSpacedByTheRate() {
    gate.pushback(null, SECOND, 0, 0);
    gate.begin(SECOND);
    assertThat(gate.delay(SECOND)).isEqualTo(SECOND / 2);
    gate.begin(SECOND + SECOND / 2);
    assertThat(gate.delay(SECOND + SECOND / 2)).isEqualTo(SECOND / 4);
  }

  @Test
  void oneTurnThatWasNotUsedIsMadeUpFor() {
    gate.pushback(null, SECOND, 0, 0);
    gate.begin(SECOND);
    long later = 3 * SECOND;
    gate.begin(later);
    assertThat(gate.delay(later)).isZero();
    gate.begin(later);
    assertThat(gate.delay(later)).isPositive();
  }

  @Test
  void restsWhenThereHasBeenNoPushbackForLongAndRemembersTheRate() {
    gate.pushback(null, SECOND, 0, 0);
    long now = SECOND;
    Ticket last = gate.begin(now);
    for (int i = 0; i < 100; i++) {
      now += 100 * MILLIS;
      last = gate.begin(now);
    }
    gate.pushback(last, SECOND, 0, now);
    double measured = gate.rate(now + SECOND);
    assertThat(gate.tryRest(now + 60 * SECOND)).isFalse();
    assertThat(gate.tryRest(now + 400 * SECOND)).isTrue();
    gate.pushback(null, SECOND, 0, now + 400 * SECOND);
    assertThat(gate.rate(now + 401 * SECOND)).isEqualTo(measured);
  }

  @Test
  void forgetsEverythingOnReset() {
    gate.pushback(null, SECOND, 0, 0);
    gate.reset();
    assertThat(gate.isDormant()).isTrue();
    gate.pushback(null, SECOND, 0, 0);
    assertThat(gate.rate(SECOND)).isEqualTo(2);
  }
}
