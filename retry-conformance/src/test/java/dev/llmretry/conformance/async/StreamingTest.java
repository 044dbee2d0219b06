package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.EventLog;
import dev.llmretry.conformance.ForwardingClock;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.generated.CallbackGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which elements of several attempts publishers and callbacks emit. */
class StreamingTest {

  private final TestEnvironment environment = new TestEnvironment();
  private final List<Source> attempts = new ArrayList<>();
  private final RecordingSubscriber reader = new RecordingSubscriber();

  private static RetryPolicy.Builder policy() {
    return RetryPolicy.builder("stream")
        .baseDelay(Duration.ofMillis(100))
        .preamble((Predicate<String>) text -> text.startsWith("#"));
  }

  /** An attempt that the test controls. */
  private static final class Source implements Publisher<String>, Subscription {

    private final CancellationToken token;
    private Subscriber<? super String> subscriber;
    private long requested;
    private boolean cancelled;

    Source(CancellationToken token) {
      this.token = token;
    }

    @Override
    public void subscribe(Subscriber<? super String> to) {
      subscriber = to;
      to.onSubscribe(this);
    }

    @Override
    public void request(long elements) {
      requested += elements;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    void emit(String... elements) {
      for (String element : elements) {
        requested--;
        subscriber.onNext(element);
      }
    }
  }

  private static class RecordingSubscriber implements Subscriber<String> {

    private final List<String> received = new ArrayList<>();
    private Subscription subscription;
    private Throwable error;
    private boolean complete;

    @Override
    public void onSubscribe(Subscription to) {
      subscription = to;
    }

    @Override
    public void onNext(String element) {
      received.add(element);
    }

    @Override
    public void onError(Throwable thrown) {
      error = thrown;
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }

  /** Returns a publisher whose attempts are added to those of the test. */
  private Publisher<String> publisher(RetryRuntime runtime, RetryPolicy policy) {
    return PublisherRetry.call(
        runtime,
        policy,
        environment.callToken,
        attempt -> {
          var source = new Source(attempt.token());
          attempts.add(source);
          return source;
        });
  }

  private Source subscribe(RetryPolicy policy, long demand) {
    publisher(environment.runtime(), policy).subscribe(reader);
    reader.subscription.request(demand);
    return attempt(1);
  }

  private Source attempt(int number) {
    assertThat(attempts).hasSize(number);
    return attempts.get(number - 1);
  }

  private void waitForRetry() {
    environment.clock.advance(Duration.ofMillis(100));
  }

  private void requireNothingLeft() {
    assertThat(environment.callToken.registered()).isZero();
    assertThat(environment.applicationToken.registered()).isZero();
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void emittedElementsAreNotRepeated() {
    var broken = new ProviderError(FailureKind.NETWORK);
    Source first = subscribe(policy().build(), 100);
    first.emit("one", "two");
    first.subscriber.onError(broken);
    assertThat(reader.received).containsExactly("one", "two");
    assertThat(reader.error).isSameAs(broken);
    assertThat(RetryTrace.find(broken).report().reason())
        .isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
    assertThat(attempts).hasSize(1);
    requireNothingLeft();
  }

  @Test
  void aPreambleIsHeldBackAndDroppedIfItsAttemptFails() {
    Source first = subscribe(policy().build(), 100);
    first.emit("#first", "#ping");
    assertThat(reader.received).isEmpty();
    first.subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
    waitForRetry();
    Source second = attempt(2);
    second.emit("#second", "text");
    second.subscriber.onComplete();
    assertThat(reader.received).containsExactly("#second", "text");
    assertThat(reader.complete).isTrue();
    assertThat(environment.events).containsExactly("retry 1 OVERLOADED", "success 2");
    requireNothingLeft();
  }

  @Test
  void aPreambleWithoutContentIsEmittedAtTheEnd() {
    Source first = subscribe(policy().build(), 100);
    first.emit("#only");
    first.subscriber.onComplete();
    assertThat(reader.received).containsExactly("#only");
    assertThat(reader.complete).isTrue();
  }

  @Test
  void demandIsPassedOnAndThePreambleTakesNone() {
    Source first = subscribe(policy().build(), 1);
    assertThat(first.requested).isEqualTo(1);
    first.emit("#a");
    assertThat(first.requested).isEqualTo(1);
    first.emit("#b");
    first.emit("text");
    assertThat(first.requested).isZero();
    assertThat(reader.received).containsExactly("#a");
    reader.subscription.request(1);
    assertThat(reader.received).containsExactly("#a", "#b");
    assertThat(first.requested).isZero();
    reader.subscription.request(3);
    assertThat(reader.received).containsExactly("#a", "#b", "text");
    assertThat(first.requested).isEqualTo(2);
  }

  @Test
  void onlyAdditionalDemandIsRequested() {
    Source first = subscribe(policy().build(), 5);
    reader.subscription.request(2);
    assertThat(first.requested).isEqualTo(7);
  }

  @Test
  void unrequestedElementsUseUpLaterDemand() {
    Source first = subscribe(policy().build(), 1);
    first.emit("one", "two", "three");
    assertThat(reader.received).containsExactly("one");
    first.requested = 0;
    reader.subscription.request(1);
    assertThat(reader.received).containsExactly("one", "two");
    reader.subscription.request(3);
    assertThat(reader.received).containsExactly("one", "two", "three");
    assertThat(first.requested).isEqualTo(2);
  }

  @Test
  void anInvalidRequestEndsTheCall() {
    Source first = subscribe(policy().build(), 1);
    reader.subscription.request(0);
    assertThat(reader.error)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.9");
    assertThat(first.cancelled).isTrue();
    assertThat(environment.events).containsExactly("give up 1 CANCELLED");
    requireNothingLeft();
  }

  private void endWithoutAttempt(RecordingSubscriber subscriber) {
    var log = new EventLog(environment.clock);
    RetryRuntime runtime = environment.runtime().toBuilder().listener(log).build();
    publisher(runtime, policy().build()).subscribe(subscriber);
    assertThat(attempts).isEmpty();
    assertThat(log.events()).containsExactly("give up 0");
    assertThat(environment.events).containsExactly("give up 0 CANCELLED");
    requireNothingLeft();
  }

  @Test
  void aSubscriberThatCancelsAtOnceMakesNoAttempt() {
    endWithoutAttempt(
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Subscription to) {
            to.request(1);
            to.cancel();
          }
        });
  }

  @Test
  void aSubscriberThatThrowsAtOnceMakesNoAttempt() {
    endWithoutAttempt(
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Subscription to) {
            throw new IllegalStateException("refused");
          }
        });
  }

  @Test
  void anInvalidRequestBeforeTheFirstAttemptPreventsIt() {
    var subscriber =
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Subscription to) {
            to.request(0);
          }
        };
    endWithoutAttempt(subscriber);
    assertThat(((RecordingSubscriber) subscriber).error)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInvalidRequestAfterTheLastElementIsNoSecondEnd() {
    Source first = subscribe(policy().build(), 1);
    first.emit("one", "two");
    first.subscriber.onComplete();
    reader.subscription.request(-1);
    assertThat(reader.received).containsExactly("one");
    assertThat(reader.error).isInstanceOf(IllegalArgumentException.class);
    assertThat(environment.events).containsExactly("success 1");
  }

  @Test
  void anInvalidRequestAfterTheFailureIsNoSecondEnd() {
    Source first = subscribe(policy().build(), 1);
    first.emit("one", "two");
    first.subscriber.onError(new ProviderError(FailureKind.NETWORK));
    reader.subscription.request(0);
    assertThat(reader.error).isInstanceOf(IllegalArgumentException.class);
    assertThat(environment.events).containsExactly("give up 1 ELEMENTS_DELIVERED");
  }

  @Test
  void anErrorIsEmittedAfterElementsThatWaitForDemand() {
    var broken = new ProviderError(FailureKind.NETWORK);
    Source first = subscribe(policy().build(), 1);
    first.emit("#a", "text");
    first.subscriber.onError(broken);
    assertThat(reader.error).isNull();
    reader.subscription.request(1);
    assertThat(reader.received).containsExactly("#a", "text");
    assertThat(reader.error).isSameAs(broken);
  }

  @Test
  void unmetDemandIsRequestedFromTheNextAttempt() {
    Source first = subscribe(policy().build(), 5);
    first.subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
    reader.subscription.request(2);
    waitForRetry();
    assertThat(attempt(2).requested).isEqualTo(7);
  }

  @Test
  void aCallCancelledDuringADelayMakesNoFurtherAttempt() {
    Source first = subscribe(policy().build(), 1);
    first.subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
    reader.subscription.cancel();
    requireNothingLeft();
    environment.clock.advance(Duration.ofSeconds(10));
    assertThat(attempts).hasSize(1);
    assertThat(environment.events).containsExactly("retry 1 OVERLOADED", "give up 1 CANCELLED");
  }

  @Test
  void aCallCancelledInFlightCancelsTheAttempt() {
    Source first = subscribe(policy().build(), 2);
    first.emit("text");
    reader.subscription.cancel();
    assertThat(first.cancelled).isTrue();
    assertThat(first.token.isCancelled()).isTrue();
    first.subscriber.onNext("too late");
    first.subscriber.onError(new ProviderError(FailureKind.NETWORK));
    assertThat(reader.received).containsExactly("text");
    assertThat(reader.error).isNull();
    requireNothingLeft();
  }

  @Test
  void aCancellationEndsAStreamThatHasEmitted() {
    Source first = subscribe(policy().build(), 2);
    first.emit("text");
    environment.call.cancel();
    assertThat(reader.error).isInstanceOf(CancelledException.class);
    assertThat(first.cancelled).isTrue();
    requireNothingLeft();
  }

  @Test
  void aStreamTimesOutOnlyBeforeItsFirstContent() {
    RetryPolicy timed = policy().maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    Source first = subscribe(timed, 10);
    first.emit("#ping");
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(first.cancelled).isTrue();
    assertThat(first.token.isCancelled()).isTrue();
    waitForRetry();
    Source second = attempt(2);
    second.emit("text");
    environment.clock.advance(Duration.ofHours(1));
    second.emit("more");
    assertThat(reader.received).containsExactly("text", "more");
    assertThat(second.cancelled).isFalse();
  }

  @Test
  void contentInResponseToATimeOutFailsTheAttempt() {
    RetryPolicy timed = policy().maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    Source first = subscribe(timed, 10);
    first.token.onCancel(
        () -> {
          first.emit("late");
          first.subscriber.onComplete();
        });
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(environment.events).containsExactly("retry 1 TIMEOUT");
    waitForRetry();
    attempt(2).emit("in time");
    attempt(2).subscriber.onComplete();
    assertThat(reader.received).containsExactly("in time");
    assertThat(reader.complete).isTrue();
    assertThat(environment.events).containsExactly("retry 1 TIMEOUT", "success 2");
    requireNothingLeft();
  }

  @Test
  void anEndWithoutContentInResponseToATimeOutIsAnEnd() {
    RetryPolicy timed = policy().maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    Source first = subscribe(timed, 10);
    first.emit("#ping");
    first.token.onCancel(first.subscriber::onComplete);
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(reader.received).containsExactly("#ping");
    assertThat(reader.complete).isTrue();
    assertThat(environment.events).containsExactly("success 1");
    requireNothingLeft();
  }

  @Test
  void attemptsWithoutElementsTimeOutUntilExhausted() {
    RetryPolicy timed = policy().maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    subscribe(timed, 10);
    environment.clock.advance(Duration.ofSeconds(5));
    assertThat(reader.error).isInstanceOf(AttemptTimeoutException.class);
    assertThat(attempts).hasSize(2);
    requireNothingLeft();
  }

  @Test
  void aNullErrorFailsTheAttemptAndThrows() {
    Source first = subscribe(policy().build(), 1);
    assertThatThrownBy(() -> first.subscriber.onError(null))
        .isInstanceOf(NullPointerException.class);
    assertThat(reader.error).isInstanceOf(NullPointerException.class);
    requireNothingLeft();
  }

  @Test
  void aNullElementFailsTheAttemptAndThrows() {
    Source first = subscribe(policy().build(), 1);
    assertThatThrownBy(() -> first.subscriber.onNext(null))
        .isInstanceOf(NullPointerException.class);
    assertThat(reader.error).isInstanceOf(NullPointerException.class);
    assertThat(reader.received).isEmpty();
  }

  @Test
  void subscribingAgainFromOnErrorStartsItsOwnCall() {
    var overloaded = new ProviderError(FailureKind.OVERLOADED);
    Publisher<String> failing =
        PublisherRetry.<String>call(
            environment.runtime(),
            policy().maxRetries(1).build(),
            attempt -> {
              environment.calls++;
              throw overloaded;
            });
    var again =
        new Subscriber<String>() {
          private int errors;

          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(1);
          }

          @Override
          public void onNext(String element) {}

          @Override
          public void onError(Throwable error) {
            if (++errors == 1) {
              failing.subscribe(this);
            }
          }

          @Override
          public void onComplete() {}
        };
    failing.subscribe(again);
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(environment.calls).isEqualTo(4);
    assertThat(again.errors).isEqualTo(2);
  }

  @Test
  void eachSubscriberStartsItsOwnCall() {
    Publisher<String> publisher =
        PublisherRetry.<String>call(
            environment.runtime(),
            policy().build(),
            attempt -> {
              var source = new Source(CancellationToken.none());
              attempts.add(source);
              return source;
            });
    var other = new RecordingSubscriber();
    publisher.subscribe(reader);
    publisher.subscribe(other);
    reader.subscription.request(1);
    other.subscription.request(1);
    attempts.get(0).subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
    attempts.get(1).emit("for the other");
    waitForRetry();
    attempts.get(2).emit("for the first");
    assertThat(reader.received).containsExactly("for the first");
    assertThat(other.received).containsExactly("for the other");
  }

  @Test
  void noAttemptIsMadeBeforeTheSubscription() {
    PublisherRetry.<String>call(
        environment.runtime(),
        policy().build(),
        attempt -> {
          environment.calls++;
          return new Source(CancellationToken.none());
        });
    assertThat(environment.calls).isZero();
  }

  @Test
  void aSubscriberThatFailsIsCancelled() {
    var failing =
        new Subscriber<String>() {
          private boolean told;

          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(10);
          }

          @Override
          public void onNext(String element) {
            throw new IllegalStateException("a reader that fails; its warning is expected");
          }

          @Override
          public void onError(Throwable error) {
            told = true;
          }

          @Override
          public void onComplete() {
            told = true;
          }
        };
    var source = new Source(CancellationToken.none());
    PublisherRetry.<String>call(environment.runtime(), policy().build(), attempt -> source)
        .subscribe(failing);
    source.emit("text");
    assertThat(source.cancelled).isTrue();
    assertThat(failing.told).isFalse();
    requireNothingLeft();
  }

  @Test
  void nestedPublishersAddAndDoNotMultiply() {
    RetryPolicy inner = policy().maxRetries(1).baseDelay(Duration.ofMillis(10)).build();
    var overloaded = new ProviderError(FailureKind.OVERLOADED);
    Publisher<String> failing =
        subscriber -> {
          environment.calls++;
          var source = new Source(CancellationToken.none());
          source.subscribe(subscriber);
          subscriber.onError(overloaded);
        };
    PublisherRetry.<String>call(
            environment.runtime(),
            policy().build(),
            attempt -> PublisherRetry.<String>call(environment.runtime(), inner, each -> failing))
        .subscribe(reader);
    environment.clock.advance(Duration.ofSeconds(10));
    assertThat(reader.error).isSameAs(overloaded);
    assertThat(environment.calls).isEqualTo(2);
    assertThat(environment.events).last().isEqualTo("give up 1 ALREADY_RETRIED");
  }

  @Test
  void anAttemptThatTimesOutBeforeTheExecutorBeginsItIsNotBegun() {
    List<Runnable> queue = new ArrayList<>();
    List<Runnable> inline = new ArrayList<>();
    Executor firstTaskInline =
        task -> {
          if (inline.isEmpty()) {
            inline.add(task);
            task.run();
          } else {
            queue.add(task);
          }
        };
    publisher(
            environment.runtime().toBuilder().executor(firstTaskInline).build(),
            policy().baseDelay(Duration.ZERO).attemptTimeout(Duration.ofSeconds(1)).build())
        .subscribe(reader);
    reader.subscription.request(1);
    attempt(1).subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
    Runnable second = queue.remove(0);
    environment.clock.advance(Duration.ofSeconds(1));
    second.run();
    assertThat(attempts).hasSize(1);
    queue.remove(0).run();
    attempt(2).emit("one");
    attempt(2).subscriber.onComplete();
    assertThat(reader.received).containsExactly("one");
    assertThat(reader.complete).isTrue();
    assertThat(environment.events).last().isEqualTo("success 3");
    requireNothingLeft();
  }

  @Test
  void aSubscriberThatFailsAfterTheUpstreamHasEndedIsNotASecondEnd() {
    List<String> received = new ArrayList<>();
    List<Subscription> subscriptions = new ArrayList<>();
    publisher(environment.runtime(), policy().build())
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscriptions.add(subscription);
              }

              @Override
              public void onNext(String element) {
                received.add(element);
                throw new IllegalStateException("on purpose");
              }

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            });
    Source first = attempt(1);
    first.subscriber.onNext("one");
    first.subscriber.onComplete();
    assertThat(environment.events).containsExactly("success 1");
    subscriptions.get(0).request(1);
    assertThat(received).containsExactly("one");
    assertThat(environment.events).containsExactly("success 1");
    requireNothingLeft();
  }

  @Test
  void anErrorThatWasRetriedBeforeTheAttemptBeganCountsForAnotherCall() {
    var shared = new ProviderError(FailureKind.OVERLOADED);
    RetryPolicy once = RetryPolicy.builder("other").maxRetries(1).baseDelay(Duration.ZERO).build();
    publisher(environment.runtime(), policy().build())
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                assertThatThrownBy(
                        () ->
                            Retry.call(
                                once,
                                null,
                                attempt -> {
                                  throw shared;
                                }))
                    .isSameAs(shared);
                subscription.request(1);
              }

              @Override
              public void onNext(String element) {
                reader.onNext(element);
              }

              @Override
              public void onError(Throwable error) {
                reader.onError(error);
              }

              @Override
              public void onComplete() {
                reader.onComplete();
              }
            });
    attempt(1).subscriber.onError(shared);
    waitForRetry();
    attempt(2).emit("one");
    attempt(2).subscriber.onComplete();
    assertThat(reader.received).containsExactly("one");
    requireNothingLeft();
  }

  @Test
  void aTimerThatRunsTwiceMakesOneAttempt() {
    List<Runnable> timers = new ArrayList<>();
    var clock =
        new ForwardingClock(environment.clock) {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            timers.add(action);
            return super.schedule(nanos, action);
          }
        };
    publisher(
            environment.runtime().toBuilder().clock(clock).upstream(Upstream.of("other")).build(),
            policy().build())
        .subscribe(reader);
    reader.subscription.request(1);
    attempt(1).subscriber.onError(new ProviderError(FailureKind.OVERLOADED));
    waitForRetry();
    timers.get(0).run();
    attempt(2).emit("one");
    attempt(2).subscriber.onComplete();
    assertThat(reader.complete).isTrue();
    requireNothingLeft();
  }

  @Test
  void thePolicyIsNotAskedAboutElementsAfterTheFirstContent() {
    List<Object> asked = new ArrayList<>();
    RetryPolicy asking =
        RetryPolicy.builder("stream")
            .preamble(
                element -> {
                  asked.add(element);
                  return element.equals("#");
                })
            .build();
    CallbackRetry.call(
        environment.runtime(),
        asking,
        environment.callToken,
        error -> {},
        attempt -> {
          for (String element : List.of("#", "a", "b", "c")) {
            attempt.element(element, () -> {});
          }
          attempt.completed(() -> {});
        });
    assertThat(asked).containsExactly("#", "a");
    asked.clear();
    var gate = new CallbackGate(asking);
    for (String element : List.of("#", "a", "b", "c")) {
      gate.element(element, () -> {});
    }
    assertThat(asked).containsExactly("#", "a");
  }
}
