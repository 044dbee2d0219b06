package dev.llmretry.runtime.internal.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.llmretry.races.HandClock;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.BlockingAttemptScope;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Concurrent events of timers. */
final class TimerRaces {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("raced").attemptTimeout(Duration.ofSeconds(1)).build();

  private TimerRaces() {}

  /** Begins an attempt on this thread, whose time limit passes when the clock fires. */
  private static BlockingAttemptScope begin(HandClock clock) {
    return new BlockingAttemptScope(
        new RetryExecution(RetryRuntime.builder().clock(clock).build(), POLICY, null));
  }

  /** An attempt ends while it times out: the interrupt does not reach what its thread does next. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "no interrupt left, no timer")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt has escaped")
  @State
  public static class TimeOutAgainstEnd {

    private final HandClock clock = new HandClock();
    private @Nullable Thread thread;
    private int interrupted;

    @Actor
    public void actor1() {
      thread = Thread.currentThread();
      BlockingAttemptScope scope = begin(clock);
      scope.end();
      interrupted = Thread.interrupted() ? 1 : 0;
    }

    @Actor
    public void actor2() {
      clock.fire();
    }

    @Arbiter
    public void arbiter(II_Result result) {
      boolean late = thread != null && thread.isInterrupted();
      result.r1 = interrupted + (late ? 2 : 0);
      result.r2 = clock.size();
    }
  }

  /** As above, inside another attempt that times out, too. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "no interrupt left, no timer")
  @Outcome(expect = FORBIDDEN, desc = "an interrupt has escaped")
  @State
  public static class NestedTimeOutsAgainstEnds {

    private final HandClock clock = new HandClock();
    private @Nullable Thread thread;
    private int interrupted;

    @Actor
    public void actor1() {
      thread = Thread.currentThread();
      BlockingAttemptScope outer = begin(clock);
      BlockingAttemptScope inner = begin(clock);
      inner.end();
      outer.end();
      interrupted = Thread.interrupted() ? 1 : 0;
    }

    @Actor
    public void actor2() {
      clock.fire();
      clock.fire();
    }

    @Arbiter
    public void arbiter(II_Result result) {
      boolean late = thread != null && thread.isInterrupted();
      result.r1 = interrupted + (late ? 2 : 0);
      result.r2 = clock.size();
    }
  }

  /** Timers are scheduled and closed while others fire. */
  @JCStressTest
  @Outcome(id = "[0-2]", expect = ACCEPTABLE, desc = "each at most once, those kept exactly once")
  @Outcome(expect = FORBIDDEN, desc = "lost, or run twice")
  @State
  public static class SettingAgainstClosingAgainstFiring {

    private static final TimerQueue QUEUE =
        new TimerQueue(
            work -> {
              var thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            },
            Runnable::run);

    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Actor
    public void actor1() {
      QUEUE.schedule(System.nanoTime() + 500, kept::incrementAndGet);
      QUEUE.schedule(System.nanoTime(), closed::incrementAndGet).close();
    }

    @Actor
    public void actor2() {
      QUEUE.schedule(System.nanoTime() + 200, closed::incrementAndGet).close();
      QUEUE.schedule(System.nanoTime(), kept::incrementAndGet);
    }

    @Arbiter
    public void arbiter(I_Result result) {
      var later = new AtomicBoolean();
      QUEUE.schedule(System.nanoTime() + 1_000, () -> later.set(true));
      while (!later.get()) {
        Thread.onSpinWait();
      }
      result.r1 = kept.get() == 2 ? closed.get() : -1;
    }
  }
}
