package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.BlockingAttemptScope;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingAttemptScopeTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final CancellationSource call = new CancellationSource();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private BlockingAttemptScope start() {
    return start(clock, 1_000, call.token());
  }

  private static BlockingAttemptScope start(
      BackoffClock clock, long nanos, CancellationToken token) {
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).build();
    RetryPolicy policy =
        RetryPolicy.builder("call").attemptTimeout(Duration.ofNanos(nanos)).build();
    return new BlockingAttemptScope(new RetryExecution(runtime, policy, token));
  }

  @Test
  void anAttemptThatEndsInTimeIsNotInterrupted() {
    BlockingAttemptScope timer = start();
    assertThat(timer.end()).isFalse();
    clock.advance(Duration.ofNanos(2_000));
    assertThat(timer.token().isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void anAttemptThatTimesOutIsCancelledThenInterrupted() {
    BlockingAttemptScope timer = start();
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
  void aTokenThatIsFirstUsedAfterTheTimeOutIsCancelled() {
    BlockingAttemptScope used = start(clock, 1_000, CancellationToken.none());
    clock.advance(Duration.ofNanos(1_000));
    assertThat(used.token().isCancelled()).isTrue();
    assertThat(used.end()).isTrue();
    BlockingAttemptScope usedAfterTheEnd = start(clock, 1_000, CancellationToken.none());
    clock.advance(Duration.ofNanos(1_000));
    assertThat(usedAfterTheEnd.end()).isTrue();
    assertThat(usedAfterTheEnd.token().isCancelled()).isTrue();
  }

  @Test
  void aTokenThatIsFirstUsedAfterAnEndInTimeIsNotCancelled() {
    BlockingAttemptScope timer = start(clock, 1_000, CancellationToken.none());
    assertThat(timer.end()).isFalse();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.token().isCancelled()).isFalse();
  }

  @Test
  void anInterruptFromBeforeTheTimeOutIsKept() {
    BlockingAttemptScope timer = start();
    Thread.currentThread().interrupt();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anEarlierInterruptIsRestoredIfTheAttemptConsumedBoth() {
    BlockingAttemptScope timer = start();
    Thread.currentThread().interrupt();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void theInterruptOfAnOuterTimeOutIsRestoredIfTheInnerAttemptConsumedIt() {
    BlockingAttemptScope around = start(clock, 500, call.token());
    BlockingAttemptScope inner = start();
    clock.advance(Duration.ofNanos(500));
    assertThat(Thread.interrupted()).isTrue();
    clock.advance(Duration.ofNanos(500));
    assertThat(inner.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(around.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theInterruptOfAnOuterTimeOutIsRestoredByEachInnerAttempt() {
    BlockingAttemptScope around = start(clock, 500, call.token());
    start().end();
    BlockingAttemptScope second = start();
    clock.advance(Duration.ofNanos(500));
    assertThat(Thread.interrupted()).isTrue();
    clock.advance(Duration.ofNanos(500));
    assertThat(second.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(around.end()).isTrue();
  }

  @Test
  void theInterruptOfAnEarlierTimeOutIsNotRestored() {
    for (int i = 0; i < 2; i++) {
      BlockingAttemptScope timer = start();
      clock.advance(Duration.ofNanos(1_000));
      assertThat(timer.end()).isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void aClockThatFailsToCancelATimerDoesNotFailTheAttempt() {
    BlockingAttemptScope timer =
        start(
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
  void aClockThatRejectsTheTimerLeavesNoRegistration() {
    ObservedToken token = new ObservedToken(call.token());
    BackoffClock broken =
        new ForwardingClock(clock) {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            throw new IllegalStateException("shut down");
          }
        };
    assertThatThrownBy(() -> start(broken, 1_000, token)).isInstanceOf(IllegalStateException.class);
    assertThat(token.registered()).isZero();
  }

  @Test
  void anAttemptThatEndsWhenItsTokenIsCancelledIsNotInterrupted() {
    BlockingAttemptScope timer = start();
    boolean[] timedOut = new boolean[1];
    timer.token().onCancel(() -> timedOut[0] = timer.end());
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timedOut[0]).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptInResponseToTheCancellationIsClearedToo() {
    BlockingAttemptScope timer = start();
    timer.token().onCancel(Thread.currentThread()::interrupt);
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptInResponseToTheCancellationIsClearedIfTheAttemptEndsAtOnce() {
    BlockingAttemptScope timer = start();
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
  void anAttemptThatHasEmittedDoesNotTimeOut() {
    BlockingAttemptScope timer = start();
    assertThat(timer.tryStartEmitting()).isTrue();
    assertThat(timer.tryStartEmitting()).isTrue();
    assertThat(clock.scheduledCount()).isZero();
    timer.run(); // by a clock that was about to
    assertThat(timer.token().isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(timer.end()).isFalse();
  }

  @Test
  void anAttemptThatHasTimedOutMayNotEmit() {
    BlockingAttemptScope timer = start();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(timer.tryStartEmitting()).isFalse();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aTimerThatRunsTwiceLeavesNoInterrupt() {
    BlockingAttemptScope timer = start();
    timer.run();
    timer.run();
    assertThat(timer.end()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theTokenIsCancelledWithTheCall() {
    BlockingAttemptScope timer = start();
    call.cancel();
    assertThat(timer.token().isCancelled()).isTrue();
    assertThat(timer.end()).isFalse();
  }

  @Test
  void anAttemptEitherTimesOutOrEmits() throws Exception {
    ExecutorService timers = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 20_000; i++) {
        BlockingAttemptScope timer = start();
        Future<?> firing = timers.submit(timer);
        boolean begun = timer.tryStartEmitting();
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
  void noInterruptEscapesWhenTheTimeOutRacesWithTheEnd() throws Exception {
    ExecutorService timers = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 20_000; i++) {
        BlockingAttemptScope timer = start();
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
