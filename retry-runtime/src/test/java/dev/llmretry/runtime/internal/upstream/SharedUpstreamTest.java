package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.HandClock;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedUpstreamTest {

  private static final long SECOND = 1_000_000_000;

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final HandClock clock = new HandClock();
  private final SharedUpstream upstream = new SharedUpstream("test", Duration.ofMinutes(5), null);
  private RetryPolicy policy = RetryPolicy.builder("call").build();
  private final List<String> notified = new ArrayList<>();

  private void use() {
    upstream.use(clock, () -> 0.5);
  }

  private Waiter failed() {
    return new NamedWaiter("call", new Call(policy, FailureKind.SERVER));
  }

  @Test
  void aResetReleasesAllRetriesThatTheBudgetHolds() {
    use();
    int entered = 0;
    while (upstream.state().held() < 50) {
      upstream.enter(failed());
      entered++;
    }
    assertThat(entered).isGreaterThan(50);
    upstream.reset();
    assertThat(notified).hasSize(50).containsOnly("call admitted");
    assertThat(upstream.state().held()).isZero();
    assertThat(upstream.isDormant()).isTrue();
    assertThat(clock.timers).isEmpty();
  }

  @Test
  void aResetReleasesTheCallsThatWaitForARouteWhichHasJustOpened() {
    use();
    upstream.routeFailed(true);
    clock.advance(SECOND);
    Waiter probe = new NamedWaiter("probe", new Call(policy, null, true));
    assertThat(upstream.enter(probe)).isEqualTo(Admission.ADMITTED);
    assertThat(upstream.routeSucceeded(probe.call.lastTicket())).isTrue();
    upstream.enter(new NamedWaiter("first", new Call(policy, null, true)));
    for (int i = 0; i < 3; i++) {
      upstream.enter(new NamedWaiter("next", new Call(policy, null, true)));
    }
    assertThat(upstream.state().held()).isEqualTo(3);
    assertTimeoutPreemptively(Duration.ofSeconds(10), upstream::reset); // endless before
    assertThat(upstream.state().held()).isZero();
  }

  @Test
  void callsThatOnlyWaitForATurnKeepNoRetryFromItsQueue() {
    use();
    while (upstream.state().held() == 0) {
      upstream.enter(failed());
    }
    upstream.pushback(Duration.ofMinutes(1));
    for (int i = 0; i < 4; i++) {
      clock.advance(SECOND / 2);
      upstream.enter(new NamedWaiter("new", new Call(policy, null)));
    }
    assertThat(upstream.state().held()).isZero();
    assertThat(upstream.state().waiting()).isEqualTo(5);
  }

  @Test
  void theLastOfSeveralRefusalsIsNotThatOfALoneCaller() {
    use();
    var refusal = new IOException();
    upstream.pushedBack(null, refusal, null, SECOND);
    clock.advance(SECOND);
    Ticket first = begin();
    clock.advance(SECOND);
    Ticket second = begin();
    upstream.pushedBack(first, refusal, null, SECOND);
    upstream.pushedBack(second, refusal, null, SECOND);
    assertThat(upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(2));
    clock.advance(2 * SECOND);
    Ticket third = begin();
    upstream.enter(new NamedWaiter("waiting", new Call(policy, null)));
    upstream.pushedBack(third, refusal, null, SECOND);
    assertThat(upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(4));
  }

  private Ticket begin() {
    var call = new Call(policy, null);
    assertThat(upstream.enter(new NamedWaiter("call", call))).isEqualTo(Admission.ADMITTED);
    return call.ticket;
  }

  @Test
  void doublingEndsWhenTheUpstreamHasBeenDormant() {
    use();
    upstream.pushedBack(null, new IOException(), null, 8 * SECOND);
    clock.advance(3600 * SECOND);
    upstream.enter(new NamedWaiter("call", new Call(policy, null)));
    assertThat(upstream.isDormant()).isTrue();
    upstream.pushedBack(null, new IOException(), Duration.ofSeconds(1), SECOND);
    assertThat(upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theEarlierOfTwoTimesAtWhichAThreadIsToActCounts() throws InterruptedException {
    var sleeping =
        new BackoffClock() {
          private long slept;
          private Runnable afterwards = () -> {};

          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public Instant instant() {
            return Instant.EPOCH;
          }

          @Override
          public void sleep(long nanos, CancellationToken token) {
            slept = nanos;
            afterwards.run();
          }

          @Override
          public Registration schedule(long nanos, Runnable action) {
            return () -> {};
          }
        };
    upstream.use(sleeping, () -> 0.5);
    upstream.pushback(Duration.ofSeconds(30));
    var waiter = new BlockingWaiter(new Call(policy, null), CancellationToken.none());
    upstream.enter(waiter); // it leads for 30 s
    waiter.onTimer(SECOND, SECOND, true);
    waiter.onTimer(25 * SECOND, 25 * SECOND, true); // by a thread that was held up
    sleeping.afterwards = waiter::onAdmitted;
    waiter.sleep();
    assertThat(sleeping.slept).isEqualTo(SECOND);
  }

  @Test
  void theBudgetFollowsTheSettings() {
    use();
    assertThat(upstream.enter(failed())).isEqualTo(Admission.ADMITTED);
    policy = policy.toBuilder().maxRetries(25).build();
    for (int i = 1; i < 25; i++) {
      assertThat(upstream.enter(failed())).as("retry " + i).isEqualTo(Admission.ADMITTED);
    }
    assertThat(upstream.enter(failed())).isEqualTo(Admission.WAITING);
  }

  @Test
  void theLockIsNotHeldWhileItIsLoggedThatTheClockFails() {
    use();
    clock.failure = new IllegalStateException("broken");
    var handler = new UpstreamReader(upstream);
    Logger logger = Logger.getLogger("dev.llmretry");
    logger.addHandler(handler);
    try {
      upstream.pushback(Duration.ofSeconds(1));
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(log.warnings()).containsExactly("The clock failed; no time is measured");
    assertThat(handler.problem).isNull();
    assertThat(handler.calls).isOne();
  }

  @Test
  void aTimerThatIsDueAsTheWaitEndsIsNotStartedAgain() {
    use();
    var waiter = new BlockingWaiter(new Call(policy, null), CancellationToken.none());
    waiter.ask(upstream);
    waiter.onTimer(1_000, 1_000, false);
    assertThat(clock.timers).hasSize(1);
    waiter.close();
    waiter.onTimer(500, 500, false); // by the clock's thread, which has fired too early
    assertThat(clock.timers).isEmpty();
  }

  @Test
  void ofSeveralTimersOnlyTheEarliestIsStarted() {
    use();
    var waiter = new NamedWaiter("call", new Call(policy, null));
    waiter.ask(upstream);
    waiter.startTimer(1_000, 1_000);
    HandClock.Timer first = clock.timers.peek();
    waiter.startTimer(1_000, 1_000);
    waiter.startTimer(2_000, 2_000);
    assertThat(clock.timers).containsExactly(first);
    waiter.startTimer(500, 500);
    assertThat(clock.timers).hasSize(1).doesNotContain(first);
  }

  @Test
  void aCallThatAsksAnotherUpstreamHasNoTimerOfTheFirst() {
    use();
    var waiter = new NamedWaiter("call", new Call(policy, null));
    waiter.ask(upstream);
    waiter.startTimer(1_000, 1_000);
    waiter.ask(upstream);
    assertThat(clock.timers).hasSize(1);
    waiter.ask(new SharedUpstream("other", Duration.ofMinutes(5), null));
    assertThat(clock.timers).isEmpty();
  }

  @Test
  void aResetForgetsThePause() {
    use();
    upstream.pushback(Duration.ofDays(1));
    upstream.reset();
    upstream.pushedBack(null, new IOException(), null, 100);
    assertThat(upstream.pausedForNanos()).isZero();
    assertThat(upstream.state().closedFor()).isEqualTo(Duration.ofNanos(100));
  }

  @Test
  void eachCallEndsIfTheClockRejectsTimers() {
    use();
    upstream.pushback(Duration.ofSeconds(1));
    Waiter first = new NamedWaiter("first", new Call(policy, null));
    upstream.enter(first);
    for (int i = 0; i < 20_000; i++) {
      upstream.enter(new NamedWaiter("next", new Call(policy, null)));
    }
    clock.rejection = new RejectedExecutionException("shut down");
    first.close();
    assertThat(notified).hasSize(20_000).containsOnly("next shut down");
    assertThat(upstream.state().waiting()).isZero();
    assertThat(clock.timers).isEmpty();
  }

  @Test
  void theClockMayRunAnActionAtOnce() {
    use();
    upstream.pushback(Duration.ofSeconds(1));
    clock.runsAtOnce = true; // too early
    Waiter call = new NamedWaiter("call", new Call(policy, null));
    upstream.enter(call);
    assertThat(clock.timers).as("the timer that follows").hasSize(1);
    call.close();
    assertThat(clock.timers).isEmpty();
  }

  private static final class Call implements Candidate {

    private final RetryPolicy policy;
    private final FailureKind lastFailureKind;
    private final boolean isRouted;
    private Ticket ticket;

    Call(RetryPolicy policy, FailureKind lastFailureKind) {
      this(policy, lastFailureKind, false);
    }

    Call(RetryPolicy policy, FailureKind lastFailureKind, boolean isRouted) {
      this.policy = policy;
      this.lastFailureKind = lastFailureKind;
      this.isRouted = isRouted;
    }

    @Override
    public RetryPolicy policy() {
      return policy;
    }

    @Override
    public boolean isRouted() {
      return isRouted;
    }

    @Override
    public Admission requestAdmission(Waiter waiter) {
      throw new UnsupportedOperationException("the tests ask the upstream");
    }

    @Override
    public FailureKind lastFailureKind() {
      return lastFailureKind;
    }

    @Override
    public boolean wasPushedBack() {
      return lastFailureKind == FailureKind.RATE_LIMITED;
    }

    @Override
    public int lastClosing() {
      return 0;
    }

    @Override
    public Ticket lastTicket() {
      return ticket;
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
    public void onAdmitted(Ticket admitted) {
      ticket = admitted;
    }
  }

  private final class NamedWaiter extends Waiter {

    private final String name;

    NamedWaiter(String name, Candidate call) {
      super(call);
      this.name = name;
    }

    @Override
    protected void onAdmitted() {
      close();
      notified.add(name + " admitted");
    }

    @Override
    protected void onRefused(GiveUpReason reason) {
      close();
      notified.add(name + " " + reason);
    }

    @Override
    protected void onRejected(Throwable rejection) {
      notified.add(name + " " + rejection.getMessage());
    }
  }

  /** Logs by a thread that reads the state of the upstream, as an appender with gauges may. */
  private static final class UpstreamReader extends Handler {

    private final SharedUpstream upstream;
    private int calls;
    private Throwable problem;

    UpstreamReader(SharedUpstream upstream) {
      this.upstream = upstream;
    }

    @Override
    public void publish(LogRecord line) {
      calls++;
      try {
        var unused = CompletableFuture.supplyAsync(upstream::state).get(5, TimeUnit.SECONDS);
      } catch (Exception e) {
        problem = e;
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
