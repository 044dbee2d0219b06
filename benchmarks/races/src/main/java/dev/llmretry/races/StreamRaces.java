package dev.llmretry.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * What can happen to a retried stream at the same time: its signals come one after another, the
 * last of them once, none that was not asked for, and nothing is left behind.
 */
final class StreamRaces {

  private static final String CLEAN = " ends=1 overlaps=0 timers=0 registered=0 open=0";

  private StreamRaces() {}

  /** The subscriber cancels while an element comes, and the end. */
  @JCStressTest
  @Outcome(id = "(1 completed|[01] nothing)" + CLEAN, expect = ACCEPTABLE, desc = "one end")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstElement extends RacedStream {

    public CancelAgainstElement() {
      request();
    }

    @Actor
    public void actor1() {
      cancel();
    }

    @Actor
    public void actor2() {
      element();
      complete();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The subscriber asks for more while an attempt fails, and its time runs out. */
  @JCStressTest
  @Outcome(id = "1 completed" + CLEAN, expect = ACCEPTABLE, desc = "one end")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class RequestAgainstFailureAgainstTimeOut extends RacedStream {

    @Actor
    public void actor1() {
      request();
      clock.fire();
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

  /** The subscriber cancels as the wait ends. */
  @JCStressTest
  @Outcome(id = "0 nothing" + CLEAN, expect = ACCEPTABLE, desc = "one end")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class CancelAgainstTimer extends RacedStream {

    public CancelAgainstTimer() {
      request();
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

  /** The token is cancelled while an attempt's time runs out and its element comes. */
  @JCStressTest
  @Outcome(id = "(1 completed|[01] cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstTimeOutAgainstElement extends RacedStream {

    public TokenAgainstTimeOutAgainstElement() {
      request();
    }

    @Actor
    public void actor1() {
      token.cancel();
      clock.fire();
    }

    @Actor
    public void actor2() {
      element();
      complete();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      result.r1 = end();
    }
  }

  /** The token is cancelled as the subscriber cancels and the attempt fails. */
  @JCStressTest
  @Outcome(id = "0 (nothing|cancelled)" + CLEAN, expect = ACCEPTABLE, desc = "one end")
  @Outcome(expect = FORBIDDEN, desc = "no end, two ends, or something left")
  @State
  public static class TokenAgainstCancelAgainstFailure extends RacedStream {

    public TokenAgainstCancelAgainstFailure() {
      request();
    }

    @Actor
    public void actor1() {
      token.cancel();
      fail();
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
}
