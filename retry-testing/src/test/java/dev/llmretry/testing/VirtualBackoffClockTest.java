package dev.llmretry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualBackoffClockTest {

  private static final CancellationToken NONE = CancellationToken.none();

  private final VirtualBackoffClock auto = VirtualBackoffClock.autoAdvancing();
  private final VirtualBackoffClock manual = VirtualBackoffClock.manual();
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static long ms(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @Test
  void aDelayAdvancesTimeAndIsRecorded() throws InterruptedException {
    auto.sleep(ms(100), NONE);
    auto.sleep(0, NONE);
    auto.sleep(ms(50), NONE);
    assertThat(auto.waits())
        .containsExactly(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(50));
    assertThat(auto.nanoTime()).isEqualTo(ms(150));
  }

  @Test
  void wallTimeAdvancesToo() throws InterruptedException {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing(start);
    clock.sleep(Duration.ofSeconds(5).toNanos(), NONE);
    assertThat(clock.instant()).isEqualTo(start.plusSeconds(5));
    assertThat(VirtualBackoffClock.manual(start).instant()).isEqualTo(start);
  }

  @Test
  void scheduledActionsRunInOrderAndOnTime() throws InterruptedException {
    auto.schedule(ms(30), () -> events.add("b at " + auto.nanoTime() / 1_000_000));
    auto.schedule(ms(10), () -> events.add("a at " + auto.nanoTime() / 1_000_000));
    auto.schedule(ms(30), () -> events.add("c at " + auto.nanoTime() / 1_000_000));
    auto.schedule(ms(500), () -> events.add("later"));
    auto.sleep(ms(100), NONE);
    assertThat(events).containsExactly("a at 10", "b at 30", "c at 30");
    assertThat(auto.scheduledCount()).isEqualTo(1);
  }

  @Test
  void closedActionsDoNotRun() throws InterruptedException {
    Registration registration = auto.schedule(ms(10), () -> events.add("never"));
    registration.close();
    registration.close();
    auto.sleep(ms(100), NONE);
    assertThat(events).isEmpty();
    assertThat(auto.scheduledCount()).isZero();
  }

  @Test
  void cancellationEndsAWaitAtItsTime() throws InterruptedException {
    CancellationSource source = new CancellationSource();
    auto.schedule(ms(40), source::cancel);
    auto.sleep(ms(100), source.token());
    assertThat(auto.nanoTime()).isEqualTo(ms(40));
    auto.sleep(ms(100), source.token());
    assertThat(auto.nanoTime()).isEqualTo(ms(40));
    assertThat(auto.waits()).hasSize(1);
  }

  @Test
  void interruptionEndsAWaitAtItsTime() {
    auto.schedule(ms(40), Thread.currentThread()::interrupt);
    assertThatThrownBy(() -> auto.sleep(ms(100), NONE)).isInstanceOf(InterruptedException.class);
    assertThat(auto.nanoTime()).isEqualTo(ms(40));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> auto.sleep(0, NONE)).isInstanceOf(InterruptedException.class);
    assertThat(auto.waits()).isEmpty();
  }

  @Test
  void aManualClockStandsStillUntilItIsAdvanced() throws InterruptedException {
    CompletableFuture<Long> woken =
        CompletableFuture.supplyAsync(() -> sleepAndTellTime(ms(100), NONE));
    manual.awaitSleeping(1);
    manual.advance(Duration.ofMillis(99));
    assertThat(woken).isNotDone();
    manual.advance(Duration.ofMillis(1));
    assertThat(woken.join()).isEqualTo(ms(100));
  }

  @Test
  void aManualClockRunsWhatFallsDue() {
    manual.schedule(ms(10), () -> events.add("at " + manual.nanoTime() / 1_000_000));
    manual.advance(Duration.ofMillis(5));
    assertThat(events).isEmpty();
    manual.advance(Duration.ofMillis(50));
    assertThat(events).containsExactly("at 10");
    assertThat(manual.nanoTime()).isEqualTo(ms(55));
  }

  @Test
  void cancellationWakesASleeperOfAManualClock() throws InterruptedException {
    CancellationSource source = new CancellationSource();
    CompletableFuture<Long> woken =
        CompletableFuture.supplyAsync(() -> sleepAndTellTime(ms(100), source.token()));
    manual.awaitSleeping(1);
    source.cancel();
    assertThat(woken.join()).isZero();
  }

  @Test
  void interruptionWakesASleeperOfAManualClock() throws InterruptedException {
    CompletableFuture<Long> woken = new CompletableFuture<>();
    Thread sleeper =
        new Thread(
            () -> {
              try {
                woken.complete(sleepAndTellTime(ms(100), NONE));
              } catch (CompletionException e) {
                woken.completeExceptionally(e.getCause());
              }
            });
    sleeper.start();
    manual.awaitSleeping(1);
    sleeper.interrupt();
    assertThatThrownBy(woken::join).hasCauseInstanceOf(InterruptedException.class);
  }

  private long sleepAndTellTime(long nanos, CancellationToken token) {
    try {
      manual.sleep(nanos, token);
      return manual.nanoTime();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void aSleeperWhoseDelayHasElapsedIsNotAwaited() throws InterruptedException {
    for (int run = 0; run < 50; run++) {
      VirtualBackoffClock clock = VirtualBackoffClock.manual();
      Thread sleeper =
          start(
              () -> {
                clock.sleep(ms(100), NONE);
                clock.sleep(ms(200), NONE);
              });
      clock.awaitSleeping(1);
      clock.advance(Duration.ofMillis(100));
      clock.awaitSleeping(1);
      clock.advance(Duration.ofMillis(200));
      sleeper.join();
      assertThat(clock.nanoTime()).isEqualTo(ms(300));
    }
  }

  @Test
  void aSleeperThatIsCancelledOrInterruptedIsNotAwaited() throws InterruptedException {
    for (int run = 0; run < 2_000; run++) {
      VirtualBackoffClock clock = VirtualBackoffClock.manual();
      CancellationSource source = new CancellationSource();
      Thread sleeper =
          start(
              () -> {
                clock.sleep(ms(100), source.token());
                assertThatThrownBy(() -> clock.sleep(ms(100), NONE))
                    .isInstanceOf(InterruptedException.class);
                clock.sleep(ms(100), NONE);
              });
      clock.awaitSleeping(1);
      source.cancel();
      clock.awaitSleeping(1);
      sleeper.interrupt();
      clock.awaitSleeping(1);
      clock.advance(Duration.ofMillis(100));
      sleeper.join();
    }
  }

  @Test
  void noThreadSleepsOnAnAutoAdvancingClock() {
    assertThatThrownBy(() -> auto.awaitSleeping(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("manual");
  }

  @Test
  void scheduledActionsOfAnotherThreadAreAwaited() throws InterruptedException {
    Thread other =
        start(
            () -> {
              manual.schedule(ms(10), () -> events.add("a"));
              manual.schedule(ms(20), () -> events.add("b"));
            });
    manual.awaitScheduled(2);
    manual.advance(Duration.ofMillis(20));
    other.join();
    assertThat(events).containsExactly("a", "b");
  }

  @Test
  void actionsThatHaveRunOrAreCancelledAreNotAwaited() {
    manual.schedule(ms(10), () -> {});
    manual.schedule(ms(20), () -> {}).close();
    manual.advance(Duration.ofMillis(10));
    Thread.currentThread().interrupt(); // so that it fails where it would block
    assertThatThrownBy(() -> manual.awaitScheduled(1)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void advancesUntilAnotherThreadHasCompletedTheCall() throws InterruptedException {
    for (VirtualBackoffClock clock : List.of(auto, manual)) {
      CompletableFuture<Long> answer = new CompletableFuture<>();
      Thread delegate =
          start(
              () -> clock.schedule(ms(100), () -> start(() -> answer.complete(clock.nanoTime()))));
      clock.advanceUntil(answer::isDone);
      assertThat(answer.join()).isEqualTo(ms(100));
      delegate.join();
    }
  }

  @Test
  void advancesUntilAThreadThatSleepsHasCompletedTheCall() {
    CompletableFuture<Long> woken =
        CompletableFuture.supplyAsync(() -> sleepAndTellTime(ms(100), NONE));
    manual.advanceUntil(woken::isDone);
    assertThat(woken.join()).isEqualTo(ms(100));
  }

  @Test
  void anEndlessWaitForAConditionIsAnError() {
    manual.schedule(ms(10), () -> events.add("run"));
    assertThatThrownBy(() -> manual.advanceUntil(() -> false, Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No action is scheduled, and the condition is false");
    assertThat(events).containsExactly("run");
    assertThat(manual.nanoTime()).isEqualTo(ms(10));
  }

  @Test
  void interruptionEndsTheWaitForACondition() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> manual.advanceUntil(() -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void onlyTheLatestWaitsAreKept() throws InterruptedException {
    for (int millis = 1; millis <= 4; millis++) {
      auto.sleep(ms(millis), NONE);
    }
    assertThat(auto.keepWaits(2)).isSameAs(auto);
    assertThat(auto.waits()).containsExactly(Duration.ofMillis(3), Duration.ofMillis(4));
    auto.sleep(ms(5), NONE);
    assertThat(auto.waits()).containsExactly(Duration.ofMillis(4), Duration.ofMillis(5));
    assertThat(auto.keepWaits(0).waits()).isEmpty();
    auto.sleep(ms(6), NONE);
    assertThat(auto.waits()).isEmpty();
    assertThatThrownBy(() -> auto.keepWaits(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timeDoesNotGoBack() {
    assertThatThrownBy(() -> manual.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }

  @Test
  void timeDoesNotOverflow() throws InterruptedException {
    auto.sleep(Long.MAX_VALUE, NONE);
    auto.sleep(Long.MAX_VALUE, NONE);
    assertThat(auto.nanoTime()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aDelayOfZeroRunsNoTimer() throws InterruptedException {
    auto.schedule(0, () -> events.add("due"));
    auto.sleep(0, NONE);
    assertThat(events).isEmpty();
    auto.sleep(1, NONE);
    assertThat(events).containsExactly("due");
  }

  @Test
  void aDelayLeavesNoRegistration() throws InterruptedException {
    AtomicInteger registered = new AtomicInteger();
    CancellationToken token = counting(registered);
    Thread sleeper = start(() -> manual.sleep(ms(100), token));
    manual.awaitSleeping(1);
    manual.advance(Duration.ofMillis(100));
    sleeper.join();
    assertThat(registered).hasValue(0);
  }

  @Test
  void aSleeperThatHasWokenIsNotAwaited() throws InterruptedException {
    Thread sleeper = start(() -> manual.sleep(ms(100), NONE));
    manual.awaitSleeping(1);
    manual.advance(Duration.ofMillis(100));
    sleeper.join();
    Thread.currentThread().interrupt(); // so that it fails where it would block
    assertThatThrownBy(() -> manual.awaitSleeping(1)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aThreadThatWaitsDoesNotBlockTheClock() throws InterruptedException {
    List<Operation> operations =
        List.of(
            () -> manual.schedule(ms(10), () -> {}).close(),
            manual::scheduledCount,
            manual::waits,
            manual::nanoTime,
            () -> manual.sleep(0, NONE),
            () -> manual.advance(Duration.ofMillis(1)));
    for (Operation operation : operations) {
      start(operation).join();
      assertThat(manual.scheduledCount()).isZero(); // would wait for ever
    }
    Thread sleeper = start(() -> manual.sleep(ms(100), NONE));
    manual.awaitSleeping(1);
    manual.advance(Duration.ofMillis(100));
    sleeper.join();
    assertThat(manual.waits()).hasSize(2);
  }

  @FunctionalInterface
  private interface Operation {
    void run() throws InterruptedException;
  }

  private static Thread start(Operation operation) {
    Thread thread =
        new Thread(
            () -> {
              try {
                operation.run();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  /** Returns a token that counts what is registered with it. */
  private static CancellationToken counting(AtomicInteger registered) {
    return new CancellationToken() {
      @Override
      public boolean isCancelled() {
        return false;
      }

      @Override
      public Registration onCancel(Runnable action) {
        registered.incrementAndGet();
        return registered::decrementAndGet;
      }
    };
  }
}
