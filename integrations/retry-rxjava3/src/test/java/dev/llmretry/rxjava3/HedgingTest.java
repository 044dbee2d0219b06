package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HedgingTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("ask").hedgeAfter(Duration.ofMillis(100)).build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).executor(Runnable::run).build();

  @Test
  void theFirstResultOfTwoWins() {
    List<SingleSubject<String>> attempts = new ArrayList<>();
    TestObserver<String> observer =
        RxRetry.<String>single(
                runtime,
                POLICY,
                attempt -> {
                  attempts.add(SingleSubject.create());
                  return attempts.get(attempts.size() - 1);
                })
            .test();
    clock.advance(Duration.ofMillis(100));
    assertThat(attempts).hasSize(2);
    attempts.get(1).onSuccess("hedge");
    observer.assertResult("hedge");
    assertThat(attempts.get(0).hasObservers()).isFalse();
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void theFirstContentOfTwoWins() {
    List<PublishProcessor<String>> attempts = new ArrayList<>();
    TestSubscriber<String> subscriber =
        RxRetry.<String>flowable(
                runtime,
                POLICY,
                attempt -> {
                  attempts.add(PublishProcessor.create());
                  return attempts.get(attempts.size() - 1);
                })
            .test();
    clock.advance(Duration.ofMillis(100));
    attempts.get(0).onNext("slow");
    attempts.get(0).onNext("but first");
    assertThat(attempts.get(1).hasSubscribers()).isFalse();
    attempts.get(0).onComplete();
    subscriber.assertResult("slow", "but first");
    assertThat(clock.scheduledCount()).isZero();
  }
}
