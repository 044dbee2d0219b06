package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final long SECOND = 1_000_000_000;

  private final RetryBudget budget = new RetryBudget(SharedUpstream.NONE, 3, 1);

  private void succeed(@Nullable FailureKind retried, long now) {
    budget.succeeded(retried, now);
  }

  private int retriesAt(long now) {
    int retries = 0;
    while (budget.delay(now) == 0) {
      budget.take(now);
      retries++;
    }
    return retries;
  }

  @Test
  void tenRetriesAreFree() {
    assertThat(budget.isAtRest(0)).isTrue();
    assertThat(retriesAt(0)).isEqualTo(10);
    assertThat(budget.level()).isZero();
  }

  @Test
  void asManyRetriesAreFreeAsOneCallMayMake() {
    var generous = new RetryBudget(SharedUpstream.NONE, 25, 1);
    for (int i = 0; i < 25; i++) {
      assertThat(generous.delay(0)).isZero();
      generous.take(0);
    }
    assertThat(generous.delay(0)).isPositive();
  }

  @Test
  void thenOneRetryPerSecondIsAProbe() {
    retriesAt(0);
    assertThat(budget.delay(0)).isEqualTo(SECOND);
    assertThat(retriesAt(SECOND)).isEqualTo(1);
    assertThat(budget.delay(SECOND)).isEqualTo(SECOND);
    assertThat(retriesAt(5 * SECOND)).isEqualTo(1);
  }

  @Test
  void anotherAttemptIsTheProbe() {
    retriesAt(0);
    budget.onAttempt(SECOND / 2);
    assertThat(budget.delay(SECOND)).isEqualTo(SECOND / 2);
    assertThat(retriesAt(3 * SECOND / 2)).isEqualTo(1);
  }

  @Test
  void anotherAttemptDelaysNoRetryWhileThereAreTokens() {
    budget.take(0);
    budget.onAttempt(0);
    assertThat(budget.delay(0)).isZero();
  }

  @Test
  void theFirstSuccessForASecondPaysForOneRetry() {
    retriesAt(0);
    succeed(null, SECOND / 2);
    assertThat(budget.delay(SECOND / 2)).isPositive();
    succeed(null, 3 * SECOND / 2);
    assertThat(retriesAt(3 * SECOND / 2)).isEqualTo(1);
    succeed(null, 2 * SECOND);
    assertThat(budget.delay(2 * SECOND)).isPositive();
  }

  @Test
  void tenSuccessesPayForOneRetry() {
    retriesAt(0);
    for (int i = 0; i < 9; i++) {
      succeed(null, 0);
    }
    assertThat(budget.delay(0)).isPositive();
    succeed(null, 0);
    assertThat(retriesAt(0)).isEqualTo(1);
  }

  @Test
  void aRetryThatSucceedsPaysForTwo() {
    retriesAt(0);
    succeed(FailureKind.SERVER, 0);
    assertThat(retriesAt(0)).isEqualTo(2);
  }

  @Test
  void aRetryAfterARateLimitPaysAsAnyOtherSuccess() {
    retriesAt(0);
    succeed(FailureKind.RATE_LIMITED, 0);
    assertThat(retriesAt(0)).isZero();
  }

  @Test
  void aProbeIsMadeNowAndThenEvenIfOtherAttemptsBegin() {
    retriesAt(0);
    int probes = 0;
    for (int tenth = 0; tenth < 300; tenth++) {
      long now = tenth * SECOND / 10;
      probes += retriesAt(now);
      budget.onAttempt(now);
    }
    assertThat(probes).isEqualTo(1);
  }

  @Test
  void aRetryAfterATimeOutThatSucceedsPaysForOne() {
    retriesAt(0);
    succeed(FailureKind.TIMEOUT, 0);
    assertThat(retriesAt(0)).isEqualTo(1);
  }

  @Test
  void aFleetThatGrowsAndShrinksForgivesNothing() {
    for (int i = 0; i < 6; i++) {
      budget.take(0);
    }
    budget.share(2);
    assertThat(budget.level()).isEqualTo(0.4);
    assertThat(retriesAt(0)).isEqualTo(2);
    for (int i = 0; i < 100; i++) {
      budget.share(3);
      budget.share(1);
    }
    assertThat(budget.level()).isZero();
    assertThat(budget.delay(0)).isPositive();
  }

  @Test
  void aFleetThatGrowsAndShrinksUsesUpNothing() {
    budget.take(0);
    for (int i = 0; i < 100; i++) {
      budget.share(3);
      budget.share(2);
      budget.share(1);
    }
    assertThat(retriesAt(0)).isEqualTo(9);
  }

  @Test
  void isNeverMoreThanFull() {
    succeed(FailureKind.SERVER, 0);
    assertThat(retriesAt(0)).isEqualTo(10);
  }

  @Test
  void processesShareTheReserve() {
    budget.share(4); // 25 tokens: two retries and a half
    assertThat(retriesAt(0)).isEqualTo(2);
    assertThat(budget.level()).isEqualTo(0.2);
    budget.share(1); // 20 of 100 tokens
    assertThat(budget.level()).isEqualTo(0.2);
    assertThat(retriesAt(SECOND / 2)).isEqualTo(2);
  }

  @Test
  void eachProcessMayMakeOneRetry() {
    budget.share(1_000);
    assertThat(retriesAt(0)).isEqualTo(1);
  }

  @Test
  void aSmallerReserveIsNoMoreThanUsedUp() {
    budget.resize(20, 1);
    assertThat(retriesAt(0)).isEqualTo(20);
    budget.resize(3, 1);
    assertThat(budget.level()).isZero();
    succeed(FailureKind.SERVER, 0);
    assertThat(budget.level()).isEqualTo(0.2);
  }

  /** Each of four processes may have one probe in four seconds, so that together they have one. */
  @Test
  void theFirstSuccessForAsManySecondsAsThereAreProcessesPaysForOneRetry() {
    budget.share(4);
    retriesAt(0); // five tokens remain
    succeed(null, 4 * SECOND - 1);
    assertThat(budget.level()).isEqualTo(6 / 25.0);
    succeed(null, 8 * SECOND - 1);
    assertThat(budget.level()).isEqualTo(16 / 25.0);
  }

  @Test
  void aSuccessForWhichNoProbeIsNeededGivesBackATenthOfARetry() {
    retriesAt(0);
    succeed(FailureKind.TIMEOUT, 0);
    succeed(null, 10 * SECOND); // the first for long, but a retry could be made
    assertThat(budget.level()).isEqualTo(0.11);
  }

  @Test
  void aProbeIsMadeAfterTwentySecondsAlthoughOtherAttemptsBegin() {
    retriesAt(0);
    budget.onAttempt(19 * SECOND);
    assertThat(budget.delay(19 * SECOND)).isEqualTo(SECOND);
    budget.onAttempt(19 * SECOND + SECOND / 2);
    assertThat(retriesAt(20 * SECOND)).isEqualTo(1);
    budget.onAttempt(39 * SECOND + SECOND / 2);
    assertThat(budget.delay(39 * SECOND + SECOND / 2)).isEqualTo(SECOND / 2);
  }

  @Test
  void isFreeWhileThereAreTokensOrAProbeIsDue() {
    assertThat(budget.isFree(0)).isTrue();
    assertThat(budget.isUnlimited()).isTrue();
    retriesAt(0);
    assertThat(budget.isFree(SECOND - 1)).isFalse();
    assertThat(budget.isFree(SECOND)).isTrue();
    assertThat(budget.isUnlimited()).isFalse();
  }

  @Test
  void isAtRestWhenAllIsGivenBack() {
    budget.take(0);
    assertThat(budget.isAtRest(0)).isFalse();
    for (int i = 0; i < 9; i++) {
      succeed(null, 0);
    }
    assertThat(budget.isAtRest(0)).isFalse();
    succeed(null, 0);
    assertThat(budget.isAtRest(0)).isTrue();
  }
}
