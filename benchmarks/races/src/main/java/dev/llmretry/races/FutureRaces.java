package dev.llmretry.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * What can happen to a retried future at the same time: it ends once, says so once, makes no
 * attempt that is left running, and leaves nothing behind.
 */
final class FutureRaces {

  private static final String CLEAN = " ends=1 timers=0 registered=0 open=0";

  private FutureRaces() {}

  /** The caller cancels while the attempt succeeds. */
  @JCStressTest
  @Outcome(id = "(ours|cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstResult extends RacedFuture {

    public CancelAgainstResult() {
      super(false, false, false);
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      succeed();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels while an attempt with a time-out succeeds. */
  @JCStressTest
  @Outcome(id = "(ours|cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstResultOfScopedAttempt extends RacedFuture {

    public CancelAgainstResultOfScopedAttempt() {
      super(true, true, false);
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      succeed();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** Somebody completes the future while the attempt succeeds. */
  @JCStressTest
  @Outcome(id = "(ours|theirs)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class OutsideResultAgainstResult extends RacedFuture {

    public OutsideResultAgainstResult() {
      super(false, true, false);
    }

    @Actor
    public void actor1() {
      completeFromOutside();
    }

    @Actor
    public void actor2() {
      succeed();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels while a failed attempt is judged. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstFailure extends RacedFuture {

    public CancelAgainstFailure() {
      super(false, false, false);
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      fail();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels while a failed attempt with a time-out is judged. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstFailureOfScopedAttempt extends RacedFuture {

    public CancelAgainstFailureOfScopedAttempt() {
      super(true, true, false);
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      fail();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled while a failed attempt is judged. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstFailure extends RacedFuture {

    public TokenAgainstFailure() {
      super(false, true, false);
    }

    @Actor
    public void actor1() {
      token.cancel();
    }

    @Actor
    public void actor2() {
      fail();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels as the wait ends. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstTimer extends RacedFuture {

    public CancelAgainstTimer() {
      super(false, false, false);
      fail();
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels as the wait ends and an attempt with a time-out begins. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstTimerAndScopedAttempt extends RacedFuture {

    public CancelAgainstTimerAndScopedAttempt() {
      super(true, true, false);
      fail();
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled as the wait ends. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstTimer extends RacedFuture {

    public TokenAgainstTimer() {
      super(false, true, false);
      fail();
    }

    @Actor
    public void actor1() {
      token.cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels as the executor begins an attempt. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstBeginning extends RacedFuture {

    public CancelAgainstBeginning() {
      super(false, false, true);
      fail();
      clock.fire();
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      runQueued();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled as the executor begins an attempt. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstBeginning extends RacedFuture {

    public TokenAgainstBeginning() {
      super(true, true, true);
      fail();
      clock.fire();
    }

    @Actor
    public void actor1() {
      token.cancel();
    }

    @Actor
    public void actor2() {
      runQueued();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The attempt runs out of time as it succeeds; if too late, it is retried. */
  @JCStressTest
  @Outcome(id = "(ours|late)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TimeOutAgainstResult extends RacedFuture {

    public TimeOutAgainstResult() {
      super(true, true, false);
    }

    @Actor
    public void actor1() {
      clock.fire();
    }

    @Actor
    public void actor2() {
      succeed();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled as the attempt runs out of time. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstTimeOut extends RacedFuture {

    public TokenAgainstTimeOut() {
      super(true, true, false);
    }

    @Actor
    public void actor1() {
      token.cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels as the attempt runs out of time. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstTimeOut extends RacedFuture {

    public CancelAgainstTimeOut() {
      super(true, true, false);
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token and the caller cancel as the wait ends. */
  @JCStressTest
  @Outcome(id = "(cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstCancelAgainstTimer extends RacedFuture {

    public TokenAgainstCancelAgainstTimer() {
      super(true, true, false);
      fail();
    }

    @Actor
    public void actor1() {
      token.cancel();
      clock.fire();
    }

    @Actor
    public void actor2() {
      cancel();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled as the attempt runs out of time and succeeds. */
  @JCStressTest
  @Outcome(id = "(ours|cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstTimeOutAgainstResult extends RacedFuture {

    public TokenAgainstTimeOutAgainstResult() {
      super(true, true, false);
    }

    @Actor
    public void actor1() {
      token.cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
      succeed();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The caller cancels as the turn of the call comes. */
  @JCStressTest
  @Outcome(id = "cancelled" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstTurn extends RacedFuture {

    public CancelAgainstTurn() {
      super(false, false, false, Duration.ofSeconds(1));
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled as the turn of the call comes, whose attempt an executor runs. */
  @JCStressTest
  @Outcome(id = "cancelled" + CLEAN, expect = ACCEPTABLE, desc = "one end, and nothing left")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstTurn extends RacedFuture {

    public TokenAgainstTurn() {
      super(false, false, true, Duration.ofSeconds(1));
    }

    @Actor
    public void actor1() {
      token.cancel();
    }

    @Actor
    public void actor2() {
      clock.fire();
      runQueued();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }
}
