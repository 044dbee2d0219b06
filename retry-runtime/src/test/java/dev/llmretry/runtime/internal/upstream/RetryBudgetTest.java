package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private static final long SECOND = 1_000_000_000;

  private final RetryBudget budget = new RetryBudget(SharedUpstream.NONE, 3, 1);

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
  void tenSuccessesPayForOneRetry() {
    retriesAt(0);
    for (int i = 0; i < 9; i++) {
      budget.succeeded(false);
    }
    assertThat(budget.delay(0)).isPositive();
    budget.succeeded(false);
    assertThat(retriesAt(0)).isEqualTo(1);
  }

  @Test
  void aRetryThatSucceedsPaysForTwo() {
    retriesAt(0);
    budget.succeeded(true);
    assertThat(retriesAt(0)).isEqualTo(2);
  }

  @Test
  void isNeverMoreThanFull() {
    budget.succeeded(true);
    assertThat(retriesAt(0)).isEqualTo(10);
  }
}
