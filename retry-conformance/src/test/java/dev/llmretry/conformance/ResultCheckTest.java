package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FirstElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table of cases cannot say about results that a check rejects. */
class ResultCheckTest {

  private final TestEnvironment environment = new TestEnvironment();
  private final List<Integer> closed = new ArrayList<>();

  private static RetryPolicy policy(ResultCheck<?> check) {
    return RetryPolicy.builder("call").maxRetries(2).check(check).build();
  }

  private static ResultCheck<Object> rejectingAll() {
    return result -> Rejection.of("never good enough");
  }

  private record Response(int number, List<Integer> closed) implements AutoCloseable {

    @Override
    public void close() {
      closed.add(number);
    }
  }

  private Response response() {
    return new Response(++environment.calls, closed);
  }

  @Test
  void rejectedResponsesAreClosedUnlessTheyAreReturned() {
    Response returned =
        Retry.call(environment.runtime(), policy(rejectingAll()), null, attempt -> response());
    assertThat(returned.number()).isEqualTo(3);
    assertThat(closed).containsExactly(1, 2);
  }

  @Test
  void rejectedResponsesOfFuturesAreClosedUnlessTheyAreReturned() {
    CompletableFuture<Response> future =
        AsyncRetry.call(
            environment.runtime(),
            policy(rejectingAll()),
            attempt -> CompletableFuture.completedFuture(response()));
    environment.clock.advanceUntil(future::isDone);
    assertThat(future.join().number()).isEqualTo(3);
    assertThat(closed).containsExactly(1, 2);
  }

  @Test
  void aRejectedResponseIsClosedWhenTheCallIsCancelled() {
    environment.at(50, environment.call::cancel);
    assertThat(
            catchThrowable(
                () ->
                    Retry.call(
                        environment.runtime(),
                        policy(rejectingAll()),
                        environment.callToken,
                        attempt -> response())))
        .hasRootCauseInstanceOf(RejectedResultException.class);
    assertThat(closed).containsExactly(1);
  }

  @Test
  void aRejectedResponseIsNotClosedAgainWhenALaterAttemptIsCancelled() {
    environment.at(150, environment.call::cancel);
    CompletableFuture<Response> future =
        AsyncRetry.call(
            environment.runtime(),
            policy(rejectingAll()),
            environment.callToken,
            attempt ->
                attempt.number() == 1
                    ? CompletableFuture.completedFuture(response())
                    : new CompletableFuture<>());
    environment.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedExceptionally();
    assertThat(closed).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anElementThatHasBeenEmittedIsNotClosed(boolean bySubscriber) {
    var subscriptions = new ArrayList<Subscription>();
    PublisherRetry.<Response>call(
            environment.runtime(),
            RetryPolicy.builder("call").maxRetries(0).check(rejectingAll()).build(),
            environment.callToken,
            attempt ->
                each ->
                    each.onSubscribe(
                        new Subscription() {
                          @Override
                          public void request(long count) {
                            each.onNext(response());
                          }

                          @Override
                          public void cancel() {}
                        }))
        .subscribe(
            new Subscriber<Response>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscriptions.add(subscription);
                subscription.request(1);
              }

              @Override
              public void onNext(Response element) {}

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            });
    if (bySubscriber) {
      subscriptions.get(0).cancel();
    } else {
      environment.call.cancel();
    }
    assertThat(environment.calls).isEqualTo(1);
    assertThat(environment.events).containsExactly("give up 1 RESULT_REJECTED");
    assertThat(closed).isEmpty();
  }

  /** A call that ends with the rejection of one that it depends on has no result of its own. */
  @Test
  void theRejectionOfAnotherCallIsAnError() {
    var foreign =
        new RejectedResultException(RetryPolicy.builder("other").build(), Rejection.of("no"), null);
    RetryPolicy policy = policy(result -> null);
    assertThat(
            catchThrowable(
                () ->
                    Retry.call(
                        environment.runtime(),
                        policy,
                        null,
                        attempt -> {
                          throw foreign;
                        })))
        .isSameAs(foreign);
    CompletableFuture<String> future =
        AsyncRetry.call(
            environment.runtime(), policy, attempt -> CompletableFuture.failedFuture(foreign));
    environment.clock.advanceUntil(future::isDone);
    assertThat(future).isCompletedExceptionally();
    assertThat(environment.events)
        .filteredOn(event -> event.startsWith("give up"))
        .containsExactly("give up 3 ATTEMPTS_EXHAUSTED", "give up 3 ATTEMPTS_EXHAUSTED");
  }

  @Test
  void theResultOfAnotherCallIsNotClosed() {
    var foreign =
        new RejectedResultException(
            RetryPolicy.builder("other").build(), Rejection.of("no"), response());
    assertThat(
            catchThrowable(
                () ->
                    Retry.call(
                        environment.runtime(),
                        policy(result -> null),
                        null,
                        attempt -> {
                          throw foreign;
                        })))
        .isSameAs(foreign);
    assertThat(closed).isEmpty();
  }

  /** The runtime then has a policy of its own, with the same check. */
  @Test
  void aRejectedResultIsReturnedWithSettingsFromOutside() {
    RetryRuntime runtime =
        environment.runtime().toBuilder()
            .settings(compiled -> compiled.toBuilder().maxRetries(1).build())
            .build();
    Response returned = Retry.call(runtime, policy(rejectingAll()), null, attempt -> response());
    assertThat(returned.number()).isEqualTo(2);
    assertThat(closed).containsExactly(1);
    assertThat(environment.events).last().isEqualTo("give up 2 RESULT_REJECTED");
  }

  @Test
  void aLateResultIsRejectedAsWhatItIsNotAsATimeOut() {
    RetryPolicy policy =
        policy(result -> Rejection.of(FailureKind.UNKNOWN, "who knows")).toBuilder()
            .attemptTimeout(Duration.ofSeconds(1))
            .build();
    Retry.call(
        environment.runtime(),
        policy,
        null,
        attempt -> {
          environment.clock.advance(Duration.ofSeconds(2));
          return "late";
        });
    assertThat(environment.events).containsExactly("give up 1 RESULT_REJECTED");
  }

  @Test
  void aRejectedIteratorIsClosed() {
    try (Stream<String> stream = Stream.of("text").onClose(() -> closed.add(1))) {
      RetryPolicy policy = policy(rejectingAll());
      FirstElement first = new FirstElement(policy);
      Iterator<String> read = first.ofIterator(stream, stream::iterator);
      assertThat(read).isInstanceOf(AutoCloseable.class);
      assertThat(rejection(() -> first.requireAccepted(read)).result()).isSameAs(read);
    }
  }

  /** The generated class implements the interface, which is not closeable. */
  @Test
  void theResponseBehindARejectedHandleIsClosed() {
    RetryPolicy policy = policy((Object element) -> Rejection.of("never good enough"));
    Retry.<Iterable<String>, RuntimeException>call(
        environment.runtime(),
        policy,
        null,
        attempt -> {
          Response response = response();
          FirstElement first = new FirstElement(policy);
          Iterator<String> elements = first.ofIterator(response, () -> List.of("a").iterator());
          Iterable<String> handle = () -> elements;
          first.requireAccepted(handle);
          return handle;
        });
    assertThat(closed).containsExactly(1, 2);
  }

  private static RejectedResultException rejection(Runnable action) {
    return (RejectedResultException) catchThrowable(action::run);
  }

  @Test
  void listenersAndTheTraceSeeTheRejection() {
    List<String> log = new ArrayList<>();
    var listener =
        new RetryListener() {
          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
            log.add(thrown.getMessage());
            log.add(report.toString());
            assertThat(report.reason()).isEqualTo(GiveUpReason.RESULT_REJECTED);
            assertThat(((RejectedResultException) thrown).kind())
                .isEqualTo(FailureKind.INVALID_OUTPUT);
          }
        };
    var runtime = environment.runtime().toBuilder().listener(listener).build();
    Retry.call(
        runtime,
        RetryPolicy.builder("ask").maxRetries(0).check(rejectingAll()).build(),
        null,
        attempt -> "text");
    assertThat(log)
        .containsExactly(
            "ask returned a result that was rejected: never good enough",
            "ask gave up after 1 attempt: its last result was rejected\n"
                + "  #1 INVALID_OUTPUT (never good enough): "
                + "dev.llmretry.runtime.RejectedResultException: "
                + "ask returned a result that was rejected: never good enough");
  }

  /** Each retry checks the same object: their retries must not multiply. */
  @Test
  void nestedChecksOfTheSameResultDoNotMultiply() {
    RetryPolicy policy = policy(rejectingAll());
    String result =
        Retry.call(
            environment.runtime(),
            policy,
            null,
            outer ->
                Retry.call(
                    environment.runtime(),
                    policy,
                    null,
                    inner -> {
                      environment.calls++;
                      return new StringBuilder("text").toString();
                    }));
    assertThat(result).isEqualTo("text");
    assertThat(environment.calls).isEqualTo(3);
  }

  @Test
  void nestedChecksOfTheSameFutureDoNotMultiply() {
    RetryPolicy policy = policy(rejectingAll());
    CompletableFuture<String> future =
        AsyncRetry.call(
            environment.runtime(),
            policy,
            outer ->
                AsyncRetry.call(
                    environment.runtime(),
                    policy,
                    inner -> {
                      environment.calls++;
                      return CompletableFuture.completedFuture(new StringBuilder("t").toString());
                    }));
    environment.clock.advanceUntil(future::isDone);
    assertThat(future.join()).isEqualTo("t");
    assertThat(environment.calls).isEqualTo(3);
  }

  /** Publishes "preamble", "refused" and "more". */
  private Publisher<String> chunks() {
    environment.calls++;
    return subscriber ->
        subscriber.onSubscribe(
            new Subscription() {
              private final Iterator<String> elements =
                  List.of("preamble", "refused", "more").iterator();
              private boolean ended;

              @Override
              public void request(long count) {
                for (long i = 0; i < count && elements.hasNext() && !ended; i++) {
                  subscriber.onNext(elements.next());
                }
                if (!elements.hasNext() && !ended) {
                  ended = true;
                  subscriber.onComplete();
                }
              }

              @Override
              public void cancel() {
                ended = true;
              }
            });
  }

  private static final class Collecting implements Subscriber<String> {
    private final List<String> signals = new ArrayList<>();

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String element) {
      signals.add(element);
    }

    @Override
    public void onError(Throwable error) {
      signals.add("error " + error.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }

  private Collecting subscribe(RetryPolicy policy) {
    var subscriber = new Collecting();
    PublisherRetry.call(environment.runtime(), policy, attempt -> chunks()).subscribe(subscriber);
    environment.clock.advance(Duration.ofMinutes(1));
    return subscriber;
  }

  @Test
  void aStreamWhoseFirstContentIsRejectedAgainAndAgainIsEmittedAsAWhole() {
    RetryPolicy policy =
        policy((String chunk) -> chunk.equals("refused") ? Rejection.of("a refusal") : null)
            .toBuilder()
            .preamble((String chunk) -> chunk.equals("preamble"))
            .build();
    assertThat(subscribe(policy).signals)
        .containsExactly("preamble", "refused", "more", "complete");
    assertThat(environment.calls).isEqualTo(3);
    assertThat(environment.events).last().isEqualTo("give up 3 RESULT_REJECTED");
  }

  @Test
  void elementsAfterTheFirstContentAreNotChecked() {
    RetryPolicy policy =
        policy((String chunk) -> chunk.equals("more") ? Rejection.of("too late") : null);
    assertThat(subscribe(policy).signals)
        .containsExactly("preamble", "refused", "more", "complete");
    assertThat(environment.events).containsExactly("success 1");
  }

  /** The attempt was cancelled when the retry was decided, so its elements are gone. */
  @Test
  void aStreamThatWasRejectedAndHeldBackEndsWithTheRejection() {
    RetryPolicy policy = policy((String chunk) -> limited());
    var subscriber = new Collecting();
    PublisherRetry.call(environment.runtime(), policy, attempt -> chunks()).subscribe(subscriber);
    environment.upstream.pushback(Duration.ofHours(1));
    environment.clock.advance(Duration.ofHours(1));
    assertThat(subscriber.signals).containsExactly("error RejectedResultException");
  }

  /** Rejects results, but no elements: what is empty in a stream may be followed by text. */
  private static final class NoResult implements ResultCheck<Object> {

    @Override
    public Rejection check(Object result) {
      return Rejection.of("a result");
    }

    @Override
    public Rejection checkElement(Object element) {
      return null;
    }
  }

  @Test
  void valuesOfMethodsAndFuturesAreCheckedAsResults() {
    RetryPolicy policy = policy(new NoResult());
    Retry.call(environment.runtime(), policy, null, attempt -> "a");
    CompletableFuture<String> future =
        AsyncRetry.call(
            environment.runtime(), policy, attempt -> CompletableFuture.completedFuture("a"));
    environment.clock.advanceUntil(future::isDone);
    assertThat(environment.events)
        .filteredOn(event -> event.startsWith("give up"))
        .containsExactly("give up 3 RESULT_REJECTED", "give up 3 RESULT_REJECTED");
  }

  @Test
  void elementsOfPublishersCallbacksAndPulledStreamsAreCheckedAsElements() {
    RetryPolicy policy = policy(new NoResult());
    subscribe(policy);
    CallbackRetry.call(
        environment.runtime(),
        policy,
        null,
        error -> {},
        attempt -> {
          attempt.element("a", () -> {});
          attempt.completed(() -> {});
        });
    assertThat(environment.events).containsExactly("success 1", "success 1");

    var first = new FirstElement(policy);
    first.requireAccepted(first.ofStream(Stream.of("a")));
  }

  private static Rejection limited() {
    return new Rejection(FailureKind.RATE_LIMITED, "limited", Duration.ofSeconds(1));
  }
}
