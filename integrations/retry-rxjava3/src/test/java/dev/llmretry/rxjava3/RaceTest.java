package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Things that happen at the same time: a call ends once, listeners hear of it once. */
class RaceTest {

  private static final int ROUNDS = 3_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void shutDown() {
    threads.shutdown();
    RxJavaPlugins.reset();
  }

  /** A call in flight, and what may happen to it. */
  private static final class Round implements RetryListener {

    final VirtualBackoffClock clock = VirtualBackoffClock.manual();
    final CancellationSource source = new CancellationSource();
    final ObservedToken token = new ObservedToken(source.token());
    final AtomicInteger successes = new AtomicInteger();
    final AtomicInteger giveUps = new AtomicInteger();
    final PublishProcessor<String> elements = PublishProcessor.create();
    final TestSubscriber<String> subscriber;

    Round() {
      RetryRuntime runtime =
          RetryRuntime.builder().clock(clock).executor(Runnable::run).listener(this).build();
      RetryPolicy policy =
          RetryPolicy.builder("race").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
      subscriber = RxRetry.flowable(runtime, policy, token, attempt -> elements).test();
    }

    @Override
    public void onRetry(RetryEvent event, FailedAttempt attempt) {}

    @Override
    public void onSuccess(RetryEvent event) {
      successes.incrementAndGet();
    }

    @Override
    public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
      giveUps.incrementAndGet();
    }

    void checkEnd() {
      assertThat(successes.get() + giveUps.get()).as("ends that listeners heard of").isOne();
      if (successes.get() == 1) {
        subscriber.assertComplete().assertNoErrors();
      } else if (!subscriber.isCancelled()) {
        subscriber.assertNotComplete().assertError(error -> true);
      }
      assertThat(token.registered()).isZero();
      assertThat(clock.scheduledCount()).isZero();
      assertThat(elements.hasSubscribers()).isFalse();
    }
  }

  private void race(BiConsumer<Round, CyclicBarrier> one, BiConsumer<Round, CyclicBarrier> other) {
    List<Throwable> unheard = new CopyOnWriteArrayList<>();
    RxJavaPlugins.setErrorHandler(unheard::add);
    for (int i = 0; i < ROUNDS; i++) {
      var round = new Round();
      var barrier = new CyclicBarrier(2);
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> one.accept(round, barrier), threads),
              CompletableFuture.runAsync(() -> other.accept(round, barrier), threads))
          .orTimeout(30, TimeUnit.SECONDS)
          .join();
      round.checkEnd();
    }
    assertThat(unheard).allSatisfy(e -> assertThat(e).hasRootCauseInstanceOf(ProviderError.class));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void cancellationAndCompletion() {
    race(
        (round, barrier) -> {
          await(barrier);
          round.source.cancel();
        },
        (round, barrier) -> {
          round.elements.onNext("a");
          await(barrier);
          round.elements.onComplete();
        });
  }

  @Test
  void cancellationAndElements() {
    race(
        (round, barrier) -> {
          await(barrier);
          round.source.cancel();
        },
        (round, barrier) -> {
          await(barrier);
          round.elements.onNext("a");
        });
  }

  @Test
  void cancellationAndFailure() {
    race(
        (round, barrier) -> {
          await(barrier);
          round.source.cancel();
        },
        (round, barrier) -> {
          await(barrier);
          round.elements.onError(new ProviderError(FailureKind.SERVER));
        });
  }

  @Test
  void disposalAndFailure() {
    race(
        (round, barrier) -> {
          await(barrier);
          round.subscriber.cancel();
        },
        (round, barrier) -> {
          await(barrier);
          round.elements.onError(new ProviderError(FailureKind.SERVER));
        });
  }

  @Test
  void timeOutAndTheFirstElement() {
    race(
        (round, barrier) -> {
          await(barrier);
          round.clock.advance(Duration.ofSeconds(1));
          await(barrier);
          round.clock.advance(Duration.ofMillis(100));
          round.elements.onComplete();
        },
        (round, barrier) -> {
          await(barrier);
          round.elements.onNext("a");
          await(barrier);
        });
  }

  @Test
  void disposalAndTheNextAttempt() {
    race(
        (round, barrier) -> {
          round.clock.advance(Duration.ofSeconds(1));
          await(barrier);
          round.clock.advance(Duration.ofMillis(100));
        },
        (round, barrier) -> {
          await(barrier);
          round.subscriber.cancel();
        });
  }
}
