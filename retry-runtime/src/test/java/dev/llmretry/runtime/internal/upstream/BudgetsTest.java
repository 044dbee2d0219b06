package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private static final long SECOND = 1_000_000_000;

  private final Budgets budgets = new Budgets(SharedUpstream.NONE);

  /** A call whose last attempt failed, if there was one. */
  private record Call(String method, @Nullable FailureKind lastFailureKind, boolean isRouted)
      implements Candidate {

    @Override
    public RetryPolicy policy() {
      return RetryPolicy.builder(method).build();
    }

    @Override
    public Admission requestAdmission(Waiter waiter) {
      throw new UnsupportedOperationException("nothing waits here");
    }

    @Override
    public boolean wasPushedBack() {
      return false;
    }

    @Override
    public int lastClosing() {
      return 0;
    }

    @Override
    public @Nullable Ticket lastTicket() {
      return null;
    }

    @Override
    public long waitedForTurnsNanos() {
      return 0;
    }

    @Override
    public long remainingNanos() {
      return Long.MAX_VALUE;
    }

    @Override
    public void onAdmitted(@Nullable Ticket ticket) {}
  }

  private static Call failed(String method) {
    return new Call(method, FailureKind.SERVER, false);
  }

  private static Call routed() {
    return new Call("call", null, true);
  }

  private Budget of(Call call) {
    return requireNonNull(budgets.of(call));
  }

  /** Uses up the ten retries of a method. */
  private void exhaust(String method) {
    for (int i = 0; i < 10; i++) {
      of(failed(method)).take(0);
    }
  }

  @Test
  void onlyRetriesAfterFailuresOtherThanRateLimitsAreLimited() {
    assertThat(budgets.of(new Call("call", null, false))).isNull();
    assertThat(budgets.of(new Call("call", FailureKind.RATE_LIMITED, false))).isNull();
    assertThat(budgets.isEmpty()).isTrue();
    assertThat(budgets.of(failed("call"))).isNotNull();
    assertThat(budgets.isEmpty()).isFalse();
  }

  @Test
  void eachMethodHasItsBudget() {
    exhaust("one");
    assertThat(of(failed("one")).isFree(0)).isFalse();
    assertThat(of(failed("two")).isFree(0)).isTrue();
    assertThat(budgets.areUnlimited("one")).isFalse();
    assertThat(budgets.areUnlimited("two")).isTrue();
    assertThat(budgets.areUnlimited("three")).isTrue();
  }

  @Test
  void aBudgetIsForgottenWhenItIsFullAgain() {
    of(failed("call")).take(0);
    for (int i = 0; i < 9; i++) {
      budgets.methodSucceeded("call", null, 0);
    }
    assertThat(budgets.isEmpty()).isFalse();
    budgets.methodSucceeded("call", null, 0);
    assertThat(budgets.isEmpty()).isTrue();
  }

  @Test
  void aClosedRouteLimitsAllItsCalls() {
    assertThat(budgets.of(routed())).isNull();
    assertThat(budgets.routeFailed(true, 0)).isTrue();
    assertThat(budgets.routeFailed(true, 0)).as("it was closed").isFalse();
    assertThat(budgets.of(routed())).isSameAs(budgets.ofRoute()).isNotNull();
    assertThat(budgets.areUnlimited("call")).isFalse();
  }

  @Test
  void theProbeOfARouteOpensIt() {
    budgets.routeFailed(true, 0);
    Ticket probe = of(routed()).take(SECOND);
    assertThat(budgets.routeSucceeded(null, SECOND)).isFalse();
    assertThat(budgets.routeSucceeded(probe, SECOND)).isTrue();
    assertThat(budgets.routeSucceeded(probe, SECOND)).as("it is open").isFalse();
    assertThat(budgets.ofRoute()).as("calls return slowly").isNotNull();
  }

  @Test
  void aRouteIsForgottenWhenItsFailuresAreMadeUpFor() {
    assertThat(budgets.routeSucceeded(null, 0)).as("nothing to open").isFalse();
    budgets.routeFailed(false, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(budgets.isEmpty()).isFalse();
      budgets.routeSucceeded(null, 0);
    }
    assertThat(budgets.isEmpty()).isTrue();
  }

  @Test
  void anyAttemptOfTheMethodIsAProbe() {
    exhaust("call");
    budgets.onAttempt(new Call("call", null, false), SECOND / 2);
    assertThat(of(failed("call")).delay(SECOND)).isEqualTo(SECOND / 2);
    budgets.onAttempt(new Call("other", null, false), SECOND);
    budgets.onAttempt(routed(), SECOND);
    assertThat(of(failed("call")).delay(SECOND)).as("no probe").isEqualTo(SECOND / 2);
  }

  @Test
  void theLowestLevelIsThatOfAMethodOrOfTheRoute() {
    assertThat(budgets.lowestLevel()).isEqualTo(1);
    of(failed("one")).take(0);
    of(failed("two")).take(0);
    of(failed("two")).take(0);
    assertThat(budgets.lowestLevel()).isEqualTo(0.8);
    for (int i = 0; i < 3; i++) {
      budgets.routeFailed(false, 0);
    }
    assertThat(budgets.lowestLevel()).isEqualTo(0.7);
  }

  @Test
  void processesShareTheReservesOfMethods() {
    for (int i = 0; i < 5; i++) {
      of(failed("before")).take(0); // of ten
    }
    budgets.share(5);
    assertThat(budgets.members()).isEqualTo(5);
    assertThat(budgets.lowestLevel()).isEqualTo(0.5);
    of(failed("before")).take(0); // of two, of which one had been used up
    assertThat(of(failed("before")).isFree(0)).isFalse();
    of(failed("after")).take(0);
    of(failed("after")).take(0);
    assertThat(of(failed("after")).isFree(0)).isFalse();
  }
}
