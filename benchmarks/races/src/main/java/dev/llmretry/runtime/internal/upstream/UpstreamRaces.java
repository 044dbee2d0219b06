package dev.llmretry.runtime.internal.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * What can happen to calls that wait for one upstream at the same time: each is admitted once, no
 * turn and no token is used twice or lost, and nobody is left behind.
 */
final class UpstreamRaces {

  private static final String CLEAN = " waiting=0 timers=0";

  private UpstreamRaces() {}

  /** Two waiting calls ask for the one turn that has come. */
  @JCStressTest
  @Outcome(id = "1 then 1 1" + CLEAN, expect = ACCEPTABLE, desc = "one turn, then the other")
  @Outcome(expect = FORBIDDEN, desc = "a turn used twice, or lost")
  @State
  public static class TwoWaitingForOneTurn extends RacedUpstream {

    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public TwoWaitingForOneTurn() {
      close();
      first.enter();
      second.enter();
      open();
    }

    @Actor
    public void actor1() {
      clock.fire();
    }

    @Actor
    public void actor2() {
      second.timerIsDue();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      int atOnce = first.admitted() + second.admitted();
      String left = end();
      result.r1 = atOnce + " then " + first + " " + second + left;
    }
  }

  /** Two calls arrive when there is one turn. */
  @JCStressTest
  @Outcome(id = "1 then 1 1" + CLEAN, expect = ACCEPTABLE, desc = "one turn, then the other")
  @Outcome(expect = FORBIDDEN, desc = "a turn used twice, or lost")
  @State
  public static class TwoArrivingForOneTurn extends RacedUpstream {

    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public TwoArrivingForOneTurn() {
      close();
      open();
    }

    @Actor
    public void actor1() {
      first.enter();
    }

    @Actor
    public void actor2() {
      second.enter();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      int atOnce = first.admitted() + second.admitted();
      String left = end();
      result.r1 = atOnce + " then " + first + " " + second + left;
    }
  }

  /** The first in the queue leaves as its turn comes. */
  @JCStressTest
  @Outcome(id = "[01] 1" + CLEAN, expect = ACCEPTABLE, desc = "admitted or not; the next always")
  @Outcome(expect = FORBIDDEN, desc = "admitted twice, or the next left behind")
  @State
  public static class TurnAgainstLeaving extends RacedUpstream {

    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public TurnAgainstLeaving() {
      close();
      first.enter();
      second.enter();
      open();
    }

    @Actor
    public void actor1() {
      clock.fire();
    }

    @Actor
    public void actor2() {
      first.leave();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = first + " " + second + left;
    }
  }

  /** A call arrives as the leading one leaves. */
  @JCStressTest
  @Outcome(id = "0 1" + CLEAN, expect = ACCEPTABLE, desc = "the next one leads")
  @Outcome(expect = FORBIDDEN, desc = "nobody leads")
  @State
  public static class ArrivalAgainstLeaving extends RacedUpstream {

    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public ArrivalAgainstLeaving() {
      close();
      first.enter();
    }

    @Actor
    public void actor1() {
      first.leave();
    }

    @Actor
    public void actor2() {
      second.enter();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = first + " " + second + left;
    }
  }

  /** Everybody is let go as the first one's turn comes. */
  @JCStressTest
  @Outcome(id = "1 1" + CLEAN, expect = ACCEPTABLE, desc = "each is admitted once")
  @Outcome(expect = FORBIDDEN, desc = "notified twice, or not at all")
  @State
  public static class ResetAgainstTurn extends RacedUpstream {

    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public ResetAgainstTurn() {
      close();
      first.enter();
      second.enter();
      open();
    }

    @Actor
    public void actor1() {
      upstream.reset();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = first + " " + second + left;
    }
  }

  /** Everybody is let go as another call arrives. */
  @JCStressTest
  @Outcome(id = "1 1" + CLEAN, expect = ACCEPTABLE, desc = "each is admitted once")
  @Outcome(expect = FORBIDDEN, desc = "notified twice, or not at all")
  @State
  public static class ResetAgainstArrival extends RacedUpstream {

    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public ResetAgainstArrival() {
      close();
      first.enter();
    }

    @Actor
    public void actor1() {
      upstream.reset();
    }

    @Actor
    public void actor2() {
      second.enter();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = first + " " + second + left;
    }
  }

  /** Everybody is let go as a call arrives that blocks its thread. */
  @JCStressTest
  @Outcome(id = "1" + CLEAN, expect = ACCEPTABLE, desc = "admitted, and woken if it slept")
  @Outcome(expect = FORBIDDEN, desc = "not admitted, or something left")
  @State
  public static class ResetAgainstBlockingArrival extends RacedUpstream {

    private final Call call = firstAttempt();

    public ResetAgainstBlockingArrival() {
      close();
    }

    @Actor
    public void actor1() {
      upstream.reset();
    }

    @Actor
    public void actor2() {
      call.enterBlocking(CancellationToken.none());
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = call + left;
    }
  }

  /** A call is cancelled as it arrives and blocks its thread. */
  @JCStressTest
  @Outcome(id = "0 1" + CLEAN, expect = ACCEPTABLE, desc = "woken, and the next one leads")
  @Outcome(expect = FORBIDDEN, desc = "not woken, or the next left behind")
  @State
  public static class CancellationAgainstBlockingArrival extends RacedUpstream {

    private final CancellationSource source = new CancellationSource();
    private final Call first = firstAttempt();
    private final Call second = firstAttempt();

    public CancellationAgainstBlockingArrival() {
      close();
      second.enter();
    }

    @Actor
    public void actor1() {
      source.cancel();
    }

    @Actor
    public void actor2() {
      first.enterBlocking(source.token());
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = first + " " + second + left;
    }
  }

  /** The provider pushes back as a call arrives. */
  @JCStressTest
  @Outcome(id = "[01] then 1" + CLEAN, expect = ACCEPTABLE, desc = "before, or after the pause")
  @Outcome(expect = FORBIDDEN, desc = "admitted twice, or left behind")
  @State
  public static class PushbackAgainstArrival extends RacedUpstream {

    private final Call call = firstAttempt();

    @Actor
    public void actor1() {
      upstream.pushback(Duration.ofSeconds(1));
    }

    @Actor
    public void actor2() {
      call.enter();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      int atOnce = call.admitted();
      String left = end();
      result.r1 = atOnce + " then " + call + left;
    }
  }

  /** Two retries take the last tokens of their budget. */
  @JCStressTest
  @Outcome(id = "1 then 1 1" + CLEAN, expect = ACCEPTABLE, desc = "one; the other is a probe")
  @Outcome(expect = FORBIDDEN, desc = "tokens taken twice, or a retry lost")
  @State
  public static class TwoForTheLastTokens extends RacedUpstream {

    private final Call first = retry();
    private final Call second = retry();

    public TwoForTheLastTokens() {
      exhaustBudget(1);
    }

    @Actor
    public void actor1() {
      first.enter();
    }

    @Actor
    public void actor2() {
      second.enter();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      int atOnce = first.admitted() + second.admitted();
      String left = end();
      result.r1 = atOnce + " then " + first + " " + second + left;
    }
  }

  /** A retry succeeds, which gives tokens back, as another needs some. */
  @JCStressTest
  @Outcome(id = "1 0.1" + CLEAN, expect = ACCEPTABLE, desc = "admitted, and the rest is kept")
  @Outcome(expect = FORBIDDEN, desc = "a refund lost, or a retry")
  @State
  public static class RefundAgainstTake extends RacedUpstream {

    private final Call retry = retry();

    public RefundAgainstTake() {
      exhaustBudget(0);
    }

    @Actor
    public void actor1() {
      upstream.succeeded("raced", null, FailureKind.SERVER);
    }

    @Actor
    public void actor2() {
      retry.enter();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String budget = retry + " " + upstream.state().budget();
      result.r1 = budget + end();
    }
  }

  /** The first retry that is held back leaves as tokens are given back for one. */
  @JCStressTest
  @Outcome(id = "[01] 1" + CLEAN, expect = ACCEPTABLE, desc = "admitted or not; the next always")
  @Outcome(expect = FORBIDDEN, desc = "admitted twice, or the next left behind")
  @State
  public static class RefundAgainstLeaving extends RacedUpstream {

    private final Call first = retry();
    private final Call second = retry();

    public RefundAgainstLeaving() {
      exhaustBudget(0);
      first.enter();
      second.enter();
    }

    @Actor
    public void actor1() {
      upstream.succeeded("raced", null, FailureKind.SERVER);
    }

    @Actor
    public void actor2() {
      first.leave();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      String left = end();
      result.r1 = first + " " + second + left;
    }
  }
}
