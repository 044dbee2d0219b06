package dev.llmretry.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryTrace;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.exceptions.MissingBackpressureException;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subscribers.DefaultSubscriber;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for streams of several elements. */
class StreamRetryTest {

  @RegisterExtension final Surroundings world = new Surroundings();

  private final RetryPolicy policy = RetryPolicy.builder("stream").build();
  private final RetryPolicy withPreamble =
      RetryPolicy.builder("stream").preamble((String element) -> element.startsWith("#")).build();

  private final ProviderError error = new ProviderError(FailureKind.OVERLOADED);

  private Flowable<String> retried(RetryPolicy settings, List<Flowable<String>> attempts) {
    return RxRetry.flowable(
        world.clocked,
        settings,
        world.token,
        attempt -> attempts.get(world.calls.getAndIncrement()));
  }

  private Flowable<String> retriedObservable(
      RetryPolicy settings, List<Flowable<String>> attempts) {
    return RxRetry.observable(
            world.clocked,
            settings,
            world.token,
            attempt -> attempts.get(world.calls.getAndIncrement()).toObservable())
        .toFlowable(BackpressureStrategy.BUFFER);
  }

  private Flowable<String> retried(
      boolean flowable, RetryPolicy settings, List<Flowable<String>> attempts) {
    return flowable ? retried(settings, attempts) : retriedObservable(settings, attempts);
  }

  private Flowable<String> failingAfter(String... elements) {
    return Flowable.fromArray(elements).concatWith(Flowable.error(error));
  }

  private GiveUpReason reason() {
    return RetryTrace.find(error).report().reason();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatHasBeenHandedOnIsNotRetried(boolean flowable) {
    retried(flowable, policy, List.of(failingAfter("a", "b")))
        .test()
        .assertValues("a", "b")
        .assertError(thrown -> thrown == error);
    assertThat(reason()).isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
    assertThat(world.calls).hasValue(1);
    assertThat(world.events).containsExactly("give up 1 ELEMENTS_DELIVERED");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstElementEndsTheTimeOfAnAttempt(boolean flowable) {
    PublishProcessor<String> elements = PublishProcessor.create();
    TestSubscriber<String> subscriber =
        retried(
                flowable,
                RetryPolicy.builder("stream").attemptTimeout(Duration.ofSeconds(1)).build(),
                List.of(elements))
            .test();
    assertThat(world.clock.scheduledCount()).isOne();
    elements.onNext("a");
    assertThat(world.clock.scheduledCount()).isZero();
    world.advance(5_000);
    elements.onNext("b");
    elements.onComplete();
    subscriber.assertResult("a", "b");
    assertThat(world.events).containsExactly("success 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePreambleDoesNotEndTheTimeOfAnAttempt(boolean flowable) {
    RetryPolicy settings =
        RetryPolicy.builder("stream")
            .attemptTimeout(Duration.ofSeconds(1))
            .preamble((String element) -> element.startsWith("#"))
            .build();
    TestSubscriber<String> subscriber =
        retried(
                flowable,
                settings,
                List.of(Flowable.just("#1").concatWith(Flowable.never()), Flowable.just("#2", "a")))
            .test();
    world.advance(1_000);
    subscriber.assertNoValues();
    world.advance(100);
    subscriber.assertResult("#2", "a");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancellationEndsAStream(boolean flowable) {
    PublishProcessor<String> elements = PublishProcessor.create();
    TestSubscriber<String> subscriber = retried(flowable, policy, List.of(elements)).test();
    elements.onNext("a");
    world.source.cancel();
    assertThat(elements.hasSubscribers()).isFalse();
    subscriber.assertValues("a").assertError(CancelledException.class);
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
    world.checkNothingIsLeft();
  }

  @Test
  void cancellationWhileAnElementIsHandedOnIsSignalledAfterIt() {
    List<String> signals = new ArrayList<>();
    retried(policy, List.of(Flowable.just("a", "b")))
        .doOnNext(
            element -> {
              world.source.cancel();
              signals.add(element);
            })
        .doOnError(thrown -> signals.add(thrown.getClass().getSimpleName()))
        .test()
        .assertError(CancelledException.class);
    assertThat(signals).containsExactly("a", "CancelledException");
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void disposalEndsAStream(boolean flowable) {
    PublishProcessor<String> elements = PublishProcessor.create();
    TestSubscriber<String> subscriber = retried(flowable, policy, List.of(elements)).take(1).test();
    elements.onNext("a");
    assertThat(elements.hasSubscribers()).isFalse();
    subscriber.assertResult("a");
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
    world.checkNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePreambleIsHandedOnOnceBeforeTheContent(boolean flowable) {
    TestSubscriber<String> subscriber =
        retried(
                flowable,
                withPreamble,
                List.of(failingAfter("#1", "#2"), Flowable.just("#3", "#4", "a", "#5", "b")))
            .test();
    subscriber.assertNoValues();
    world.advance(100);
    subscriber.assertResult("#3", "#4", "a", "#5", "b");
    assertThat(world.events).containsExactly("retry 1 OVERLOADED", "success 2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void preambleAloneIsAResult(boolean flowable) {
    retried(flowable, withPreamble, List.of(Flowable.just("#1", "#2")))
        .test()
        .assertResult("#1", "#2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anErrorAfterThePreambleHasBeenHandedOnEndsTheCall(boolean flowable) {
    retried(flowable, withPreamble, List.of(failingAfter("#1", "a")))
        .test()
        .assertValues("#1", "a")
        .assertError(thrown -> thrown == error);
    assertThat(reason()).isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
  }

  @Test
  void aPreambleOfASingleIsItsContent() {
    RxRetry.single(world.runtime, withPreamble, attempt -> Flowable.just("#1").singleOrError())
        .test()
        .assertResult("#1");
  }

  @Test
  void aPreambleIsReadOneByOne() {
    List<Long> requests = new ArrayList<>();
    Flowable<String> elements =
        Flowable.just("#1", "#2", "#3", "a", "b", "c").doOnRequest(requests::add);
    TestSubscriber<String> subscriber = retried(withPreamble, List.of(elements)).test(0);
    subscriber.assertNoValues();
    assertThat(requests).isEmpty();
    subscriber.request(1);
    subscriber.assertValues("#1");
    subscriber.request(1);
    subscriber.assertValues("#1", "#2");
    subscriber.request(2);
    subscriber.assertValues("#1", "#2", "#3", "a");
    assertThat(requests).as("nothing is read ahead of the content").containsExactly(1L, 1L, 1L, 1L);
    subscriber.request(1);
    subscriber.assertValues("#1", "#2", "#3", "a", "b");
    subscriber.request(1);
    subscriber.assertResult("#1", "#2", "#3", "a", "b", "c");
  }

  @Test
  void anErrorDoesNotOvertakeWhatHasBeenRead() {
    TestSubscriber<String> subscriber =
        retried(withPreamble, List.of(failingAfter("#1", "#2", "a"))).test(1);
    subscriber.assertValues("#1").assertNoErrors();
    subscriber.request(1);
    subscriber.assertValues("#1", "#2").assertNoErrors();
    subscriber.request(1);
    subscriber.assertValues("#1", "#2", "a").assertError(thrown -> thrown == error);
    assertThat(world.calls).hasValue(1);
  }

  @Test
  void preambleAloneIsReadOneByOneToo() {
    TestSubscriber<String> subscriber =
        retried(withPreamble, List.of(Flowable.just("#1", "#2"))).test(1);
    subscriber.assertValues("#1").assertNotComplete();
    subscriber.request(1);
    subscriber.assertResult("#1", "#2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asksForWhatItsSubscriberAsksFor(boolean preamble) {
    PublishProcessor<String> elements = PublishProcessor.create(); // fails if it is not asked
    TestSubscriber<String> subscriber =
        retried(preamble ? withPreamble : policy, List.of(elements)).test(2);
    elements.onNext("a");
    elements.onNext("b");
    subscriber.assertValues("a", "b");
    elements.onNext("c");
    subscriber.assertValues("a", "b").assertError(MissingBackpressureException.class);
  }

  @Test
  void demandOutlivesFailedAttempts() {
    TestSubscriber<String> subscriber =
        retried(policy, List.of(Flowable.error(error), Flowable.just("a", "b", "c"))).test(1);
    subscriber.request(1);
    world.advance(100);
    subscriber.assertValues("a", "b").assertNotComplete();
    subscriber.request(Long.MAX_VALUE);
    subscriber.assertResult("a", "b", "c");
  }

  @Test
  void anElementMayAskForTheNext() {
    retried(policy, List.of(Flowable.range(1, 100_000).map(String::valueOf)))
        .rebatchRequests(1)
        .test()
        .assertValueCount(100_000)
        .assertComplete();
  }

  @Test
  void aDemandForNothingIsReportedAndPassedOver() {
    List<Long> requests = new ArrayList<>();
    var subscriber =
        new DefaultSubscriber<String>() {
          @Override
          protected void onStart() {
            request(0);
          }

          @Override
          public void onNext(String element) {}

          @Override
          public void onError(Throwable thrown) {}

          @Override
          public void onComplete() {}

          void dispose() {
            cancel();
          }
        };
    retried(policy, List.of(Flowable.just("a").doOnRequest(requests::add))).subscribe(subscriber);
    subscriber.dispose();
    assertThat(requests).isEmpty();
    assertThat(world.unheard).singleElement().isInstanceOf(IllegalArgumentException.class);
    world.unheard.clear();
  }

  @Test
  void anObservableMayEmitWhileItEmits() {
    PublishSubject<String> elements = PublishSubject.create();
    List<String> received = new ArrayList<>();
    var subscription =
        RxRetry.observable(world.clocked, policy, world.token, attempt -> elements)
            .subscribe(
                element -> {
                  received.add(element);
                  if (element.equals("a")) {
                    elements.onNext("b");
                  }
                });
    elements.onNext("a");
    elements.onNext("c");
    assertThat(received).containsExactly("a", "b", "c");
    subscription.dispose();
  }

  @Test
  void eachSubscriberHasItsOwnAttempts() {
    Observable<String> retried =
        RxRetry.observable(
            world.clocked,
            policy,
            attempt ->
                world.calls.incrementAndGet() <= 2
                    ? Observable.error(error)
                    : Observable.just("a"));
    var one = retried.test();
    var other = retried.test();
    world.advance(100);
    one.assertResult("a");
    other.assertResult("a");
    assertThat(world.events)
        .containsExactly("retry 1 OVERLOADED", "retry 1 OVERLOADED", "success 2", "success 2");
  }
}
