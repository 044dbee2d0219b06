package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HedgeBudgetTest {

  private final HedgeBudget budget = new HedgeBudget();

  private int hedges(int members) {
    int hedges = 0;
    while (budget.tryTake(members)) {
      hedges++;
    }
    return hedges;
  }

  private void succeed(int calls) {
    for (int i = 0; i < calls; i++) {
      budget.succeeded();
    }
  }

  @Test
  void fiveCallsMayBeHedgedAtOnce() {
    assertThat(hedges(1)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 1", "5, 1", "6, 1", "1000, 1"})
  void processesShareWhatMayBeHedgedAtOnceButEachMayMakeOne(int members, int hedges) {
    assertThat(hedges(members)).isEqualTo(hedges);
    succeed(20);
    assertThat(hedges(members)).isEqualTo(1);
  }

  @Test
  void thenOneInTwentyMayBeHedged() {
    hedges(1);
    succeed(19);
    assertThat(hedges(1)).isZero();
    succeed(1);
    assertThat(hedges(1)).isEqualTo(1);
  }

  @Test
  void aHedgeThatIsNotMadeIsGivenBack() {
    hedges(1);
    budget.giveBack();
    assertThat(hedges(1)).isEqualTo(1);
  }

  @Test
  void successesAreNotSaved() {
    succeed(1_000);
    assertThat(hedges(1)).isEqualTo(5);
    succeed(1_000);
    assertThat(hedges(1)).isEqualTo(5);
  }
}
