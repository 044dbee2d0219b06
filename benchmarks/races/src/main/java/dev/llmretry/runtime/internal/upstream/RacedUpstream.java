package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.FailureKind;
import dev.llmretry.races.HandClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An upstream, and calls that ask it for admission. */
class RacedUpstream {

  static final long SECOND = 1_000_000_000;

  /** How many retries the budget allows. */
  private static final int RETRIES = 10;

  private static final RetryPolicy POLICY = RetryPolicy.builder("raced").maxRetries(1).build();

  final HandClock clock = new HandClock();
  final SharedUpstream upstream =
      new SharedUpstream("raced", Duration.ofMinutes(5), Integer.MAX_VALUE);

  RacedUpstream() {
    upstream.use(clock, () -> 0);
  }

  /** Closes the gate for a second. */
  final void close() {
    upstream.pushback(Duration.ofSeconds(1));
  }

  /** Opens the gate for the first attempt; the next has its turn half a second later. */
  final void open() {
    clock.setTime(SECOND);
  }

  /** Uses up the retry budget, except for some retries. */
  final void exhaustBudget(int left) {
    for (int i = left; i < RETRIES; i++) {
      new Call(FailureKind.SERVER).enter();
    }
  }

  final Call firstAttempt() {
    return new Call(null);
  }

  final Call retry() {
    return new Call(FailureKind.SERVER);
  }

  /** Lets time pass until nobody waits, and returns what should not be left. */
  final String end() {
    for (int second = 2; second < 40 && clock.size() > 0; second++) {
      clock.setTime(second * SECOND);
      clock.fire();
    }
    return " waiting="
        + (upstream.state().waiting() + upstream.state().held())
        + " timers="
        + clock.size();
  }

  /** A call that counts how often it is admitted or refused. */
  final class Call implements Candidate {

    private final @Nullable FailureKind lastFailure;
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Waiter waiter = new CountingWaiter(this);

    private Call(@Nullable FailureKind lastFailure) {
      this.lastFailure = lastFailure;
    }

    void enter() {
      switch (upstream.enter(waiter)) {
        case ADMITTED -> admitted.incrementAndGet();
        case REFUSED -> refused.incrementAndGet();
        case WAITING -> {}
      }
    }

    /** Blocks until the call is admitted; does not count it if the token has cancelled it. */
    void enterBlocking(CancellationToken token) {
      try {
        GiveUpReason refusal = new BlockingWaiter(this, token).await();
        if (refusal != null) {
          refused.incrementAndGet();
        } else if (!token.isCancelled()) {
          admitted.incrementAndGet();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void leave() {
      waiter.close();
    }

    /** As if a timer of this call were due. */
    void timerIsDue() {
      waiter.advance();
    }

    int admitted() {
      return admitted.get();
    }

    @Override
    public String toString() {
      return refused.get() == 0 ? admitted.toString() : "refused";
    }

    @Override
    public RetryPolicy policy() {
      return POLICY;
    }

    @Override
    public Admission requestAdmission(Waiter waiter) {
      return upstream.enter(waiter);
    }

    @Override
    public @Nullable FailureKind lastFailureKind() {
      return lastFailure;
    }

    @Override
    public boolean wasPushedBack() {
      return lastFailure == FailureKind.RATE_LIMITED;
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

  private static final class CountingWaiter extends Waiter {

    private final Call counted;

    CountingWaiter(Call call) {
      super(call);
      this.counted = call;
    }

    @Override
    protected void onAdmitted() {
      counted.admitted.incrementAndGet();
      close();
    }

    @Override
    protected void onRefused(GiveUpReason reason) {
      counted.refused.incrementAndGet();
      close();
    }

    @Override
    protected void onRejected(Throwable rejection) {
      throw new IllegalStateException(rejection);
    }
  }
}
