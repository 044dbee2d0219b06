package dev.llmretry.runtime.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.HandClock;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random schedules of calls that enter, are pushed back, succeed, fail and leave. */
class SharedUpstreamPropertiesTest {

  private static final long SECOND = 1_000_000_000;
  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").unlimitedRetryAfter().build();

  @Property(tries = 2_000)
  void eachCallIsNotifiedOnceAndNoneBeginsDuringAPause(@ForAll long seed) {
    new Schedule(seed).run();
  }

  private static final class Schedule {

    private final Random random;
    private final HandClock clock = new HandClock();
    private final SharedUpstream upstream =
        new SharedUpstream("test", Duration.ofMinutes(5), 1_000);
    private final List<Call> calls = new ArrayList<>();

    Schedule(long seed) {
      random = new Random(seed);
      upstream.use(clock, random::nextDouble);
    }

    void run() {
      for (int i = 0; i < 60; i++) {
        switch (random.nextInt(8)) {
          case 0, 1 -> enter(new Call(this));
          case 2 -> endOne();
          case 3 -> leaveOne();
          case 4 -> clock.advance(random.nextLong(SECOND));
          case 5 -> clock.now -= random.nextLong(SECOND); // as some clocks do
          case 6 -> {
            if (random.nextInt(8) == 0) {
              upstream.reset();
            }
          }
          default -> {
            if (random.nextInt(4) == 0) {
              long pause = random.nextLong(2 * SECOND);
              upstream.pushback(Duration.ofNanos(pause));
            }
          }
        }
      }
      clock.advance(600 * SECOND);
      for (Call call : calls) {
        assertThat(call.state).isNotEqualTo(State.WAITING);
      }
      assertThat(upstream.state().waiting()).isZero();
      assertThat(upstream.state().held()).isZero();
      assertThat(clock.timers).isEmpty();
    }

    private void enter(Call call) {
      call.state = State.WAITING;
      call.waiter = new TestWaiter(call);
      Admission admission = upstream.enter(call.waiter);
      if (admission == Admission.ADMITTED) {
        call.begin();
      } else if (admission == Admission.REFUSED) {
        call.state = State.REFUSED;
      }
      if (!calls.contains(call)) {
        calls.add(call);
      }
    }

    private Call any(State state) {
      List<Call> these = calls.stream().filter(call -> call.state == state).toList();
      return these.isEmpty() ? null : these.get(random.nextInt(these.size()));
    }

    private void endOne() {
      Call call = any(State.RUNNING);
      if (call == null) {
        return;
      }
      call.pushback = 0;
      switch (random.nextInt(3)) {
        case 0 -> {
          upstream.succeeded("call", call.ticket, call.failure);
          call.state = State.DONE;
        }
        case 1 -> {
          call.failure = FailureKind.SERVER;
          enter(call);
        }
        default -> {
          call.failure = FailureKind.RATE_LIMITED;
          Duration hint =
              switch (random.nextInt(8)) {
                case 0 -> Duration.ZERO;
                case 1 -> Duration.ofDays(1);
                case 2, 3, 4 -> Duration.ofNanos(random.nextLong(SECOND));
                default -> null;
              };
          call.pushback = upstream.pushedBack(call.ticket, new IOException(), hint, SECOND / 10);
          if (hint != null) {
            clock.advance(hint.toNanos()); // its own delay
          }
          enter(call);
        }
      }
    }

    private void leaveOne() {
      Call call = any(State.WAITING);
      if (call != null) {
        call.waiter.close();
        call.state = State.DONE;
      }
    }
  }

  private enum State {
    WAITING,
    RUNNING,
    REFUSED,
    DONE
  }

  private static final class Call implements Candidate {

    private final Schedule schedule;
    private State state = State.DONE;
    private TestWaiter waiter;
    private Ticket ticket;
    private FailureKind failure;
    private int pushback;

    Call(Schedule schedule) {
      this.schedule = schedule;
    }

    void begin() {
      assertThat(state).isEqualTo(State.WAITING);
      if (pushback == 0) { // the call that tests the provider waits only for its own delay
        assertThat(schedule.upstream.pausedForNanos()).isZero();
      }
      state = State.RUNNING;
    }

    void refuse() {
      assertThat(state).isEqualTo(State.WAITING);
      state = State.REFUSED;
    }

    @Override
    public RetryPolicy policy() {
      return POLICY;
    }

    @Override
    public Admission requestAdmission(Waiter asking) {
      return schedule.upstream.enter(asking);
    }

    @Override
    public FailureKind lastFailureKind() {
      return failure;
    }

    @Override
    public Ticket lastTicket() {
      return ticket;
    }

    @Override
    public boolean wasPushedBack() {
      return failure == FailureKind.RATE_LIMITED;
    }

    @Override
    public int lastClosing() {
      return pushback;
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

  private static final class TestWaiter extends Waiter {

    private final Call call;

    TestWaiter(Call call) {
      super(call);
      this.call = call;
    }

    @Override
    protected void onAdmitted() {
      close();
      call.begin();
    }

    @Override
    protected void onRefused(GiveUpReason reason) {
      close();
      call.refuse();
    }

    @Override
    protected void onRejected(Throwable rejection) {
      throw new AssertionError(rejection);
    }
  }
}
