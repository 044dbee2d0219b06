package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.cases.ForwardingClock;
import dev.llmretry.runtime.cases.ObservedToken;
import dev.llmretry.runtime.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptTimerTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final CancellationSource call = new CancellationSource();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private AttemptTimer start() {
    return new AttemptTimer(clock, 1_000, call.token());
  }

  @Test
  void anAttemptThatEndsInTimeIsLeftAlone() {
    AttemptTimer timer = start();
    assertThat(timer.end()).isFalse();
    clock.advance(Duration.ofNanos(2_000));
    assertThat(timer.token().isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void anAttemptThatIsLateIsCancelledThenInterrupted() {
    AttemptTimer timer = start();
    boolean[] interruptedFirst = {true};
    timer.token().onCancel(() -> interruptedFirst[0] = Thread.currentThread().isInterrupted());
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.token().isCancelled()).isTrue();
    assertThat(interruptedFirst[0]).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptFromBeforeTheTimeOutIsKept() {
    AttemptTimer timer = start();
    Thread.currentThread().interrupt();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptFromBeforeTheTimeOutIsGivenBackIfTheAttemptTookBothForOne() {
    AttemptTimer timer = start();
    Thread.currentThread().interrupt();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void theTimeOutOfAnAttemptAroundIsGivenBackIfTheInnerAttemptTookIt() {
    AttemptTimer around = new AttemptTimer(clock, 500, call.token());
    AttemptTimer inner = start();
    clock.advance(Duration.ofNanos(500));
    assertThat(Thread.interrupted()).isTrue();
    clock.advance(Duration.ofNanos(500));
    assertThat(inner.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(around.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theTimeOutOfAnAttemptAroundIsGivenBackByEachWithin() {
    AttemptTimer around = new AttemptTimer(clock, 500, call.token());
    start().end();
    AttemptTimer second = start();
    clock.advance(Duration.ofNanos(500));
    assertThat(Thread.interrupted()).isTrue();
    clock.advance(Duration.ofNanos(500));
    assertThat(second.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(around.end()).isTrue();
  }

  @Test
  void theTimeOutOfAnAttemptBeforeIsNotGivenBack() {
    for (int i = 0; i < 2; i++) {
      AttemptTimer timer = start();
      clock.advance(Duration.ofNanos(1_000));
      assertThat(timer.end()).isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void aClockThatCannotTakeBackATimerDoesNotSpoilTheEnd() {
    AttemptTimer timer =
        new AttemptTimer(
            new ForwardingClock(clock) {
              @Override
              public Registration schedule(long nanos, Runnable action) {
                return () -> {
                  throw new IllegalStateException("on purpose");
                };
              }
            },
            1_000,
            call.token());
    assertThat(timer.end()).isFalse();
  }

  @Test
  void aClockThatSchedulesNothingLeavesNothingRegistered() {
    ObservedToken token = new ObservedToken(call.token());
    BackoffClock broken =
        new ForwardingClock(clock) {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            throw new IllegalStateException("shut down");
          }
        };
    assertThatThrownBy(() -> new AttemptTimer(broken, 1_000, token))
        .isInstanceOf(IllegalStateException.class);
    assertThat(token.registered()).isZero();
  }

  @Test
  void anAttemptThatEndsWhenItsTokenIsCancelledIsNotInterrupted() {
    AttemptTimer timer = start();
    boolean[] timedOut = new boolean[1];
    timer.token().onCancel(() -> timedOut[0] = timer.end());
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timedOut[0]).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptThatAnswersTheCancellationIsTakenBackToo() {
    AttemptTimer timer = start();
    timer.token().onCancel(Thread.currentThread()::interrupt);
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void soItIsWhereTheAttemptEndsAtOnce() {
    AttemptTimer timer = start();
    boolean[] interrupted = {true};
    timer
        .token()
        .onCancel(
            () -> {
              Thread.currentThread().interrupt();
              timer.end();
              interrupted[0] = Thread.currentThread().isInterrupted();
            });
    clock.advance(Duration.ofNanos(1_000));
    assertThat(interrupted[0]).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void oneThatIsDisarmedMayTakeItsTime() {
    AttemptTimer timer = start();
    assertThat(timer.disarm()).isTrue();
    assertThat(timer.disarm()).isTrue();
    assertThat(clock.scheduledCount()).isZero();
    timer.run(); // by a clock that was about to
    assertThat(timer.token().isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(timer.end()).isFalse();
  }

  @Test
  void oneWhoseTimeIsUpIsNotDisarmed() {
    AttemptTimer timer = start();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.disarm()).isFalse();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aClockThatRunsATimerTwiceDoesNotHaveItsInterruptKept() {
    AttemptTimer timer = start();
    timer.run();
    timer.run();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theTokenIsCancelledWithTheCall() {
    AttemptTimer timer = start();
    call.cancel();
    assertThat(timer.token().isCancelled()).isTrue();
    assertThat(timer.end()).isFalse();
  }

  @Test
  void timeEitherEndsAnAttemptOrLetsItBegin() throws Exception {
    ExecutorService timers = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 20_000; i++) {
        AttemptTimer timer = start();
        Future<?> firing = timers.submit(timer);
        boolean begun = timer.disarm();
        assertThat(timer.end()).isEqualTo(!begun);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        firing.get();
        assertThat(timer.token().isCancelled()).isEqualTo(!begun);
      }
    } finally {
      timers.shutdown();
    }
  }

  @Test
  void noInterruptEscapesWhenTimeRunsOutAsTheAttemptEnds() throws Exception {
    ExecutorService timers = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 20_000; i++) {
        AttemptTimer timer = start();
        Future<?> firing = timers.submit(timer);
        timer.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        firing.get();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
    } finally {
      timers.shutdown();
    }
  }
}
