package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void aSuccessOfAnEarlierAttemptDoesNotEndAPause() {
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    gate.pause(10 * SECOND, 2 * SECOND);
    assertThat(gate.succeeded(first, 3 * SECOND)).isFalse();
    assertThat(gate.closedFor(3 * SECOND)).isEqualTo(9 * SECOND);
  }

  @Test
  void aSuccessOfAnEarlierAttemptDoesNotEndThePauseOfALateRefusal() {
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    gate.pushback(null, 10 * SECOND, 0, 2 * SECOND);
    assertThat(gate.succeeded(first, 3 * SECOND)).isFalse();
    assertThat(gate.closedFor(3 * SECOND)).isEqualTo(9 * SECOND);
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

  /** When an upstream is paused, in the tests of the measured rate. */
  private static final long START = 1_000 * SECOND;

  /**
   * Pauses for ten seconds, and then begins attempts at once, of which the last is refused. The
   * gate opens again at the same moment, which is returned.
   */
  private long measureInTenSeconds(int accepted) {
    gate.pause(10 * SECOND, START);
    return refuseLast(accepted, START + 10 * SECOND);
  }

  /** Begins attempts, of which the last is refused, without a delay. */
  private long refuseLast(int accepted, long now) {
    for (int i = 0; i < accepted; i++) {
      gate.begin(now);
    }
    gate.pushback(gate.begin(now), 0, 0, now);
    return now;
  }

  /** The rate at the moment of an opening is 97 % of the rate that was measured. */
  private void assertMeasured(double rate) {
    assertThat(gate.rate(gate.closedUntil())).isCloseTo(0.97 * rate, within(1e-6));
  }

  @Test
  void theFirstRateIsThatOfTheAcceptedAttempts() {
    measureInTenSeconds(1_000);
    assertMeasured(100);
  }

  /** Ten a second are measured, since the gate has just been opened. */
  @ParameterizedTest
  @CsvSource({
    "10, 10", // refused at a rate of 2: others have been accepted faster
    "8, 16", // refused at 32: it takes the half
    "5, 40", // refused at 2,048: at most four times as much as measured
  })
  void theFirstRateIsHalfOfWhatWasTriedUpToFourTimesTheMeasured(int opensAfter, double rate) {
    gate.pause(opensAfter * SECOND, START);
    refuseLast(100, START + 10 * SECOND);
    assertMeasured(rate);
  }

  @Test
  void aSecondMustHavePassedToMeasureTheRate() {
    gate.pause(0, START);
    refuseLast(10, START + SECOND - 1);
    assertThat(gate.rate(gate.closedUntil())).isEqualTo(2);
    refuseLast(0, START + SECOND); // the ten are still counted
    assertMeasured(10);
  }

  @Test
  void anAttemptMustHaveBeenAcceptedToMeasureTheRate() {
    measureInTenSeconds(0);
    assertThat(gate.rate(gate.closedUntil())).isEqualTo(2);
    refuseLast(1, START + 10 * SECOND); // one in ten seconds, of which it tries the fourfold
    assertMeasured(0.4);
  }

  @Test
  void attemptsFromBeforeTheUpstreamWasDormantAreNotCounted() {
    long first = measureInTenSeconds(1_000);
    for (int i = 0; i < 500; i++) {
      gate.begin(first);
    }
    long later = first + 100 * SECOND;
    assertThat(gate.tryRest(later)).isTrue();
    gate.pushback(null, 4 * SECOND, 0, later);
    assertThat(gate.begun).isZero();
    refuseLast(8, later + 4 * SECOND); // two a second: as below
    assertMeasured(51);
  }

  @Test
  void eightAcceptedAttemptsMoveTheRateHalfway() {
    long first = measureInTenSeconds(1_000);
    gate.pause(4 * SECOND, first);
    refuseLast(8, first + 4 * SECOND); // two a second, refused at 97
    assertMeasured(51);
  }

  @Test
  void aLateRefusalIsCounted() {
    gate.pause(10 * SECOND, START);
    Ticket late = gate.begin(START + 10 * SECOND);
    long first = refuseLast(999, START + 10 * SECOND);
    gate.pause(4 * SECOND, first);
    gate.pushback(late, 0, 0, first);
    refuseLast(9, first + 4 * SECOND); // eight without the late one: as above
    assertMeasured(51);
  }

  /**
   * The rate of 100 has grown to 197 when an attempt is refused, which is close to the limit, but
   * only five a second were accepted. With 100 attempts, both count the same: that makes 101. The
   * rate takes 100 of 108 parts of the step.
   */
  @Test
  void aRefusalAboveTheRateCountsAsAMeasurementOfAHundredAttempts() {
    long first = measureInTenSeconds(1_000);
    gate.pause(5 * SECOND, first);
    refuseLast(100, first + 20 * SECOND);
    assertMeasured(100 + 100 / 108.0);
  }

  @Test
  void turnsThatWereNotUsedAreMeasured() {
    gate.pushback(null, SECOND, 0, 0);
    gate.begin(SECOND); // the next turn is half a second later
    gate.begin(3 * SECOND); // 32 turns a second: one of 31.25 ms is made up for
    assertThat(gate.unused).isEqualTo(3_000_000_000L - 1_500_000_000L - 31_250_000L);
    gate.begin(3 * SECOND);
    assertThat(gate.unused).as("the turn before has been made up for").isEqualTo(1_468_750_000L);
  }

  /** 250 were accepted in ten seconds, but five of these were not used: it allows 50 a second. */
  @Test
  void unusedTimeIsNotMeasured() {
    long first = measureInTenSeconds(1_000);
    gate.begin(first);
    long later = first + 5 * SECOND;
    for (int i = 0; i < 249; i++) {
      gate.begin(later);
    }
    gate.pushback(gate.begin(later), 0, 0, first + 10 * SECOND);
    assertThat(gate.rate(gate.closedUntil()) / 0.97).isCloseTo(49.8, within(0.01));
  }

  @Test
  void aRateThatWasHardlyUsedRemains() {
    long first = measureInTenSeconds(1_000);
    gate.begin(first);
    refuseLast(49, first + 10 * SECOND); // as many as could be in a fiftieth of a second
    assertMeasured(100);
  }

  @Test
  void theMeasuredRateDoublesWithTheThirdPowerOfTheTime() {
    long first = measureInTenSeconds(1_000);
    assertThat(gate.rate(first + 15 * SECOND / 2)).isCloseTo(97 + 100 / 8.0, within(1e-6));
    assertThat(gate.rate(first + 15 * SECOND)).isCloseTo(97 + 100, within(1e-6));
  }

  @Test
  void aLowRateDoublesMoreSlowly() {
    long first = measureInTenSeconds(10); // one a second
    assertThat(gate.rate(first + 30 * SECOND)).isCloseTo(0.97 + 1, within(1e-6));
  }

  @Test
  void theLowestRateDoublesInNinetySeconds() {
    gate.pause(40 * SECOND, START);
    long first = refuseLast(1, START + 40 * SECOND); // the fourfold of 0.025
    assertThat(gate.rate(first + 90 * SECOND)).isCloseTo(0.097 + 0.1, within(1e-6));
  }

  @Test
  void afterLongPausesTheRateDoublesMoreSlowly() {
    long first = measureInTenSeconds(1_000);
    gate.begin(first);
    gate.pushback(gate.begin(first), 4 * SECOND, 0, first); // the mean is a fourth of that
    assertThat(gate.rate(first + (4 + 20) * SECOND)).isCloseTo(97 + 100, within(1e-6));
    gate.begin(first);
    gate.pushback(gate.begin(first), 4 * SECOND, 0, first); // and now 1.75 s
    assertThat(gate.rate(first + (4 + 35) * SECOND)).isCloseTo(97 + 100, within(1e-6));
  }

  @Test
  void theFirstRateGrowsMoreSlowlyWhereRefusalsTakeLong() {
    gate.pushback(null, SECOND, 0, 0);
    gate.pushback(gate.begin(SECOND), SECOND, 0, 5 * SECOND); // the mean is a fourth of four
    long opens = gate.closedUntil();
    assertThat(gate.rate(opens)).isEqualTo(2);
    assertThat(gate.rate(opens + 2 * SECOND)).isEqualTo(4);
    gate.pushback(gate.begin(opens), SECOND, 0, opens + 5 * SECOND); // 1 + (5 - 1) / 4
    opens = gate.closedUntil();
    assertThat(gate.rate(opens + 4 * SECOND)).isEqualTo(4);
  }

  @Test
  void isDormantAfterFourTimesTheTimeInWhichTheRateDoubles() {
    long first = measureInTenSeconds(1_000);
    assertThat(gate.tryRest(first + 60 * SECOND)).isFalse();
    assertThat(gate.tryRest(first + 60 * SECOND + 1)).isTrue();
    assertThat(gate.closedUntil()).isEqualTo(Long.MIN_VALUE);
    assertThat(gate.delay(first)).isZero();
  }

  @Test
  void processesDoNotBeginAtTheSameTimeAfterAPause() {
    for (double random : new double[] {0, 0.5, 1}) {
      var spread = new RateGate(() -> random);
      spread.pushback(null, SECOND, 0, 0);
      spread.begin(SECOND);
      long interval = SECOND / 2;
      assertThat(spread.delay(SECOND)).isEqualTo(interval + (long) (random * interval));
    }
  }

  @Test
  void aHintOfNoDelayReplacesThatOfTheCall() {
    gate.pushback(null, 0, SECOND, 0);
    assertThat(gate.delay(0)).isZero();
  }

  @Test
  void aLatePushbackWithoutADelayChangesNothing() {
    gate.pushback(null, SECOND, 0, 0);
    gate.pushback(null, 0, SECOND, 2 * SECOND);
    gate.pushback(null, RateGate.NO_HINT, SECOND, 2 * SECOND);
    assertThat(gate.closedUntil()).isEqualTo(SECOND);
  }

  @Test
  void aRefusalDoesNotShortenAPause() {
    gate.pause(10 * SECOND, 0);
    gate.pushback(gate.begin(SECOND), SECOND, 0, SECOND);
    assertThat(gate.closedUntil()).isEqualTo(10 * SECOND);
    gate.pause(5 * SECOND, 2 * SECOND);
    assertThat(gate.closedUntil()).isEqualTo(10 * SECOND);
    gate.pause(9 * SECOND, 2 * SECOND);
    assertThat(gate.closedUntil()).isEqualTo(11 * SECOND);
  }

  @Test
  void theFirstRefusalAfterAPauseOfTheApplicationIsNotInVain() {
    gate.pause(SECOND, 0);
    assertThat(gate.closings()).isOne();
    assertThat(gate.pushback(gate.begin(SECOND), RateGate.NO_HINT, 100 * MILLIS, SECOND)).isZero();
    assertThat(gate.closedFor(SECOND)).isEqualTo(100 * MILLIS);
    assertThat(gate.closings()).isEqualTo(2);
  }

  @Test
  void closingIsNotDoubledAfterOthersWereAccepted() {
    gate.pushback(null, SECOND, 0, 0);
    gate.begin(SECOND);
    gate.pushback(gate.begin(SECOND), 4 * SECOND, 0, SECOND);
    assertThat(gate.pushback(gate.begin(5 * SECOND), SECOND, 0, 5 * SECOND)).isZero();
    assertThat(gate.closedFor(5 * SECOND)).isEqualTo(SECOND);
    assertThat(gate.pushback(gate.begin(6 * SECOND), SECOND, 0, 6 * SECOND)).isNotZero();
    assertThat(gate.closedFor(6 * SECOND)).isEqualTo(2 * SECOND);
  }

  @Test
  void aLongerHintIsNotReplacedByTheDoubledDelay() {
    gate.pushback(null, 20 * SECOND, 0, 0);
    gate.pushback(gate.begin(20 * SECOND), 50 * SECOND, 0, 20 * SECOND);
    assertThat(gate.closedFor(20 * SECOND)).isEqualTo(50 * SECOND);
  }

  @Test
  void aSuccessAfterTheOpeningDoesNotBeginAnew() {
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    assertThat(gate.succeeded(gate.begin(SECOND), 2 * SECOND)).isFalse();
    assertThat(gate.succeeded(first, 3 * SECOND)).isTrue();
    assertThat(gate.closedUntil()).isEqualTo(SECOND);
  }

  @Test
  void theSuccessOfAnEarlierFirstAttemptDoesNotOpen() {
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    gate.pushback(gate.begin(SECOND), SECOND, 0, SECOND);
    assertThat(gate.succeeded(first, SECOND)).isFalse();
    assertThat(gate.closedFor(SECOND)).isEqualTo(SECOND);
  }

  @Test
  void knowsWhichClosingIsTheLatest() {
    int closing = gate.pushback(null, SECOND, 0, 0);
    assertThat(closing).isEqualTo(gate.closings());
    assertThat(gate.isClosedBy(closing)).isTrue();
    assertThat(gate.isClosedBy(closing - 1)).isFalse();
    gate.begin(SECOND);
    assertThat(gate.isClosedBy(closing)).isFalse();
  }

  @Test
  void knowsTheLatestAndTheOnlyAttempt() {
    assertThat(gate.isLatest(null)).isFalse();
    assertThat(gate.isOnlyAttempt(null)).isFalse();
    gate.pushback(null, SECOND, 0, 0);
    Ticket first = gate.begin(SECOND);
    assertThat(gate.isLatest(first)).isTrue();
    assertThat(gate.isOnlyAttempt(first)).isTrue();
    Ticket second = gate.begin(SECOND);
    assertThat(gate.isLatest(first)).isFalse();
    assertThat(gate.isOnlyAttempt(first)).isFalse();
    assertThat(gate.isLatest(second)).isTrue();
    assertThat(gate.isOnlyAttempt(second)).isFalse();
    gate.pushback(second, SECOND, 0, SECOND);
    Ticket third = gate.begin(2 * SECOND);
    assertThat(gate.isOnlyAttempt(third)).isTrue();
    gate.pushback(third, SECOND, 0, 2 * SECOND);
    assertThat(gate.isOnlyAttempt(third)).as("closed since").isFalse();
  }

  @Test
  void aPauseOfADormantUpstreamIsAClosing() {
    long first = measureInTenSeconds(1_000);
    gate.begin(first);
    long later = first + 100 * SECOND;
    assertThat(gate.tryRest(later)).isTrue();
    gate.pause(SECOND, later);
    assertThat(gate.closings()).isEqualTo(3);
    assertThat(gate.begin(later + SECOND).isFirst).isTrue();
  }

  @Test
  void closingIsNotDoubledAfterTheGateWasDormant() {
    gate.pushback(null, 8 * SECOND, 0, 0);
    assertThat(gate.tryRest(400 * SECOND)).isTrue();
    gate.pushback(null, SECOND, 0, 400 * SECOND);
    assertThat(gate.closedFor(400 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void noTraceIsLeftAfterAReset() {
    gate.pushback(null, 8 * SECOND, 0, 0);
    Ticket slow = gate.begin(8 * SECOND);
    gate.pushback(slow, 8 * SECOND, 0, 16 * SECOND);
    gate.reset();
    assertThat(gate.isLatest(slow)).isFalse();
    gate.pushback(null, 0, 0, 100 * SECOND);
    assertThat(gate.closedUntil()).as("not doubled").isEqualTo(100 * SECOND);
    assertThat(gate.rate(101 * SECOND)).as("doubles each half second").isEqualTo(8);
    assertThat(gate.tryRest(160 * SECOND + 1)).as("after a minute").isTrue();
  }

  /**
   * The share of one of four processes: half an attempt a second, which becomes two within a
   * second. That is as much as 1.5 / ln 4 in this second, and 1 / ln 4 in its second half.
   */
  @Test
  void theGrowthOfAShareIsPartOfTheInterval() {
    gate.divisor = 4;
    gate.pushback(null, SECOND, 0, 0);
    assertThat(gate.rate(SECOND)).isEqualTo(0.5);
    assertThat(gate.rate(2 * SECOND)).isEqualTo(2);
    double ln4 = Math.log(4);
    assertThat((double) gate.nanosOfTurns(1.5 / ln4, SECOND)).isCloseTo(SECOND, within(10.0));
    assertThat((double) gate.nanosOfTurns(1 / ln4, SECOND + SECOND / 2))
        .isCloseTo(SECOND / 2, within(10.0));
  }

  @Test
  void aMeasuredRateDoesNotGrowDuringAnInterval() {
    long first = measureInTenSeconds(1_000);
    gate.divisor = 4;
    assertThat(gate.nanosOfTurns(97, first)).isEqualTo(SECOND);
  }
}
