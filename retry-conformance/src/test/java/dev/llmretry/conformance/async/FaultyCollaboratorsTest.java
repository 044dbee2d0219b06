package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks, executors, stages and publishers that fail or act at unexpected times. */
@ExtendWith(QuietLog.class)
class FaultyCollaboratorsTest {

  private static final RetryPolicy TIMED =
      RetryPolicy.builder("call").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
  private static final RetryPolicy UNTIMED = RetryPolicy.builder("call").maxRetries(1).build();

  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final Clock clock = new Clock();
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private final Recorder recorder = new Recorder();
  private final Listener stream = new Listener();
  private final List<CompletableFuture<String>> stages = new ArrayList<>();
  private final List<CancellationToken> tokens = new ArrayList<>();
  private Executor executor = Runnable::run;

  private RetryRuntime runtime() {
    return RetryRuntime.builder()
        .clock(clock)
        .executor(work -> executor.execute(work))
        .listener(recorder)
        .build();
  }

  private CompletableFuture<String> call(RetryPolicy policy) {
    return AsyncRetry.call(
        runtime(),
        policy,
        token,
        attempt -> {
          tokens.add(attempt.token());
          var stage = new CompletableFuture<String>();
          stages.add(stage);
          return stage;
        });
  }

  private void checkNothingIsLeft() {
    assertThat(recorder.ends).isEqualTo(1);
    assertThat(token.registered()).isZero();
    assertThat(clock.timers).isEmpty();
  }

  @Test
  void anAttemptMayTimeOutBeforeItStarts() {
    clock.firesAtOnce = true;
    CompletableFuture<String> future = call(TIMED);
    assertThat(tokens).allMatch(CancellationToken::isCancelled);
    assertThat(stages)
        .as("the second has timed out before it is made")
        .hasSize(1)
        .allMatch(CompletableFuture::isCancelled);
    assertThat(future)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(AttemptTimeoutException.class);
    checkNothingIsLeft();
  }

  @Test
  void anAttemptMayTimeOutWhileItStarts() {
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime(),
            TIMED,
            token,
            attempt -> {
              clock.fire();
              assertThat(attempt.token().isCancelled()).isTrue();
              return CompletableFuture.completedFuture("all the same");
            });
    assertThat(future).isCompletedWithValue("all the same");
    checkNothingIsLeft();
  }

  @Test
  void aTimeOutDoesNotWaitForTheExecutor() {
    executor = queue::add;
    CompletableFuture<String> future = call(TIMED);
    clock.fire();
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(stages.get(0)).isCancelled();
    clock.fire(); // the delay
    queue.remove().run();
    clock.fire();
    assertThat(future).isCompletedExceptionally();
    assertThat(queue).isEmpty();
    checkNothingIsLeft();
  }

  /** The executor has one thread, which the attempt occupies. */
  @Test
  void aLaterAttemptThatWaitsForItsTokenIsCancelledAndAbandoned() {
    List<CompletableFuture<String>> returned = new ArrayList<>();
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime(),
            TIMED,
            token,
            attempt -> {
              tokens.add(attempt.token());
              if (tokens.size() == 1) {
                throw overloaded;
              }
              clock.fire();
              assertThat(attempt.token().isCancelled()).isTrue();
              returned.add(new CompletableFuture<>());
              return returned.get(0);
            });
    clock.fire();
    assertThat(future)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(AttemptTimeoutException.class);
    assertThat(returned.get(0)).as("is of no use any more").isCancelled();
    checkNothingIsLeft();
  }

  /** The next attempt begins while the abandoned one has not returned. */
  @Test
  void anAbandonedAttemptIsNotTakenForItsSuccessor() {
    RetryPolicy policy =
        RetryPolicy.builder("call")
            .maxRetries(2)
            .baseDelay(Duration.ZERO)
            .attemptTimeout(Duration.ofSeconds(1))
            .build();
    executor = queue::add;
    var abandoned = new CompletableFuture<String>();
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime(),
            policy,
            token,
            attempt -> {
              tokens.add(attempt.token());
              if (tokens.size() == 1) {
                throw overloaded;
              }
              if (tokens.size() == 2) {
                clock.fire();
                queue.remove().run();
                return abandoned;
              }
              stages.add(new CompletableFuture<>());
              return stages.get(0);
            });
    queue.remove().run();
    assertThat(tokens).hasSize(3);
    assertThat(abandoned).isCancelled();
    assertThat(stages.get(0)).isNotDone();
    stages.get(0).complete("ok");
    assertThat(future).isCompletedWithValue("ok");
    checkNothingIsLeft();
  }

  @Test
  void aCancellationWhileALaterAttemptStartsCancelsItsTokenAndStage() {
    List<CompletableFuture<String>> future = new ArrayList<>();
    future.add(
        AsyncRetry.call(
            runtime(),
            UNTIMED,
            token,
            attempt -> {
              tokens.add(attempt.token());
              if (tokens.size() == 1) {
                throw overloaded;
              }
              future.get(0).cancel(true);
              assertThat(attempt.token().isCancelled()).isTrue();
              stages.add(new CompletableFuture<>());
              return stages.get(0);
            }));
    clock.fire();
    assertThat(tokens).hasSize(2);
    assertThat(stages.get(0)).isCancelled();
    assertThat(future.get(0)).isCancelled();
    checkNothingIsLeft();
  }

  /** A call that a listener cancels when it is notified of a retry ends at once. */
  @ParameterizedTest
  @CsvSource({"0, false", "100, false", "100, true"})
  void aCancellationByAListenerEndsTheCallAtOnce(long delay, boolean clockFiresAtOnce) {
    executor = queue::add;
    clock.firesAtOnce = clockFiresAtOnce;
    recorder.onRetry = source::cancel;
    CompletableFuture<String> future =
        call(RetryPolicy.builder("call").baseDelay(Duration.ofMillis(delay)).build());
    stages.get(0).completeExceptionally(overloaded);
    assertThat(future).isCompletedExceptionally();
    checkNothingIsLeft();
    queue.forEach(Runnable::run);
    assertThat(stages).hasSize(1);
  }

  @Test
  void aClockThatRejectsALaterTimeOutPreventsTheAttempt() {
    CompletableFuture<String> future = call(TIMED);
    stages.get(0).completeExceptionally(overloaded);
    clock.refuses = true;
    clock.fire();
    assertThat(stages).hasSize(1);
    assertThat(future).isCompletedExceptionally();
    checkNothingIsLeft();
  }

  @Test
  void aClockThatRejectsTheTimerOfADelayEndsTheCallWithTheLastError() {
    CompletableFuture<String> future = call(UNTIMED);
    clock.refuses = true;
    stages.get(0).completeExceptionally(overloaded);
    assertThat(future).failsWithin(Duration.ZERO).withThrowableThat().withCause(overloaded);
    checkNothingIsLeft();
  }

  @Test
  void aClockThatFailsToCancelATimerDoesNotKeepACallFromEnding() {
    clock.keeps = true;
    CompletableFuture<String> succeeding = call(TIMED);
    stages.get(0).complete("ok");
    assertThat(succeeding).isCompletedWithValue("ok");
    CompletableFuture<String> inAttempt = call(TIMED);
    assertThat(inAttempt.cancel(true)).isTrue();
    CompletableFuture<String> waiting = call(UNTIMED);
    stages.get(2).completeExceptionally(overloaded);
    source.cancel();
    assertThat(waiting).isCancelled();
    assertThat(recorder.ends).isEqualTo(3);
    assertThat(token.registered()).isZero();
  }

  @Test
  void aStageThatRejectsASubscriberFailsItsAttempt() {
    var rejecting =
        new CompletableFuture<String>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            throw new IllegalStateException("rejecting");
          }
        };
    CompletableFuture<String> scoped =
        AsyncRetry.call(runtime(), TIMED, token, attempt -> rejecting);
    assertThat(scoped)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class);
    CompletableFuture<String> plain = AsyncRetry.call(runtime(), UNTIMED, attempt -> rejecting);
    assertThat(plain).isCompletedExceptionally();
    assertThat(recorder.ends).isEqualTo(2);
    assertThat(token.registered()).isZero();
  }

  @Test
  void aStageThatFailsToBeCancelledDoesNotKeepACallFromEnding() {
    var stubborn =
        new CompletableFuture<String>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            throw new AssertionError("not cancellable");
          }
        };
    CompletableFuture<String> late = AsyncRetry.call(runtime(), TIMED, token, attempt -> stubborn);
    clock.fire();
    clock.fire();
    clock.fire();
    assertThat(late).isCompletedExceptionally();
    CompletableFuture<String> cancelled = AsyncRetry.call(runtime(), UNTIMED, attempt -> stubborn);
    assertThat(cancelled.cancel(true)).isTrue();
    CompletableFuture<String> byToken =
        AsyncRetry.call(runtime(), UNTIMED, token, attempt -> stubborn);
    source.cancel();
    assertThat(byToken).isCancelled();
    assertThat(recorder.ends).isEqualTo(3);
    assertThat(token.registered()).isZero();
  }

  private void subscribe(RetryPolicy policy, PublisherRetry.SubscriberCall<String> call) {
    PublisherRetry.<String>subscribe(runtime(), policy, token, stream, call);
  }

  @Test
  void elementsThatArriveDuringTheRequestAreEmittedAtOnce() {
    subscribe(
        UNTIMED,
        (subscriber, attempt) ->
            subscriber.onSubscribe(
                new Idle() {
                  @Override
                  public void request(long elements) {
                    subscriber.onNext("first");
                    assertThat(stream.elements).containsExactly("first");
                    subscriber.onNext("second");
                    assertThat(stream.elements).containsExactly("first", "second");
                    subscriber.onComplete();
                  }
                }));
    stream.subscription.request(Long.MAX_VALUE);
    assertThat(stream.ended).isTrue();
    checkNothingIsLeft();
  }

  @Test
  void requestingElementsOneByOneDoesNotOverflowTheStack() {
    stream.asksForMore = true;
    int[] count = {0};
    subscribe(
        UNTIMED,
        (subscriber, attempt) ->
            subscriber.onSubscribe(
                new Idle() {
                  @Override
                  public void request(long elements) {
                    if (++count[0] <= 100_000) {
                      subscriber.onNext("element");
                    } else {
                      subscriber.onComplete();
                    }
                  }
                }));
    stream.subscription.request(1);
    assertThat(stream.elements).hasSize(100_000);
    assertThat(stream.ended).isTrue();
    checkNothingIsLeft();
  }

  @Test
  void elementsOfALaterAttemptOnTheSameThreadAreEmittedAtOnce() {
    List<String> seen = new ArrayList<>();
    CallbackRetry.call(
        runtime(),
        UNTIMED,
        token,
        error -> seen.add("error"),
        attempt -> {
          tokens.add(attempt.token());
          if (tokens.size() == 1) {
            throw overloaded;
          }
          attempt.element("first", () -> seen.add("first"));
          assertThat(seen).containsExactly("first");
          attempt.completed(() -> seen.add("end"));
        });
    clock.fire();
    assertThat(seen).containsExactly("first", "end");
    checkNothingIsLeft();
  }

  /** Returns the subscribers of the attempts, which emit nothing by themselves. */
  private List<Subscriber<String>> subscribeToIdle(RetryPolicy policy) {
    List<Subscriber<String>> upstream = new ArrayList<>();
    subscribe(
        policy,
        (subscriber, attempt) -> {
          upstream.add(subscriber);
          subscriber.onSubscribe(new Idle());
        });
    return upstream;
  }

  @Test
  void aStreamTimesOutThoughTheExecutorRunsNothing() {
    List<CancellationToken> cancelled = new ArrayList<>();
    RetryPolicy once =
        RetryPolicy.builder("call").maxRetries(0).attemptTimeout(Duration.ofSeconds(1)).build();
    subscribe(
        once,
        (subscriber, attempt) -> {
          cancelled.add(attempt.token());
          subscriber.onSubscribe(new Idle());
        });
    executor = queue::add;
    clock.fire();
    assertThat(stream.ended).isTrue();
    assertThat(cancelled).allMatch(CancellationToken::isCancelled);
    checkNothingIsLeft();
  }

  @Test
  void aClockThatRejectsALaterTimeOutPreventsTheAttemptOfAStream() {
    List<Subscriber<String>> upstream = subscribeToIdle(TIMED);
    upstream.get(0).onError(overloaded);
    clock.refuses = true;
    clock.fire();
    assertThat(upstream).hasSize(1);
    assertThat(stream.error).isSameAs(overloaded);
    checkNothingIsLeft();
  }

  @Test
  void aClockThatFailsToCancelATimerDoesNotKeepAStreamFromEnding() {
    clock.keeps = true;
    List<Subscriber<String>> upstream = subscribeToIdle(TIMED);
    stream.subscription.request(2);
    upstream.get(0).onNext("element");
    upstream.get(0).onComplete();
    assertThat(stream.elements).containsExactly("element");
    assertThat(stream.ended).isTrue();
    assertThat(recorder.ends).isEqualTo(1);
    assertThat(token.registered()).isZero();
  }

  @Test
  void aSubscriptionWhoseCancelThrowsDoesNotKeepAStreamFromEnding() {
    subscribe(
        TIMED,
        (subscriber, attempt) ->
            subscriber.onSubscribe(
                new Idle() {
                  @Override
                  public void cancel() {
                    throw new AssertionError("not cancellable");
                  }
                }));
    clock.fire();
    clock.fire();
    clock.fire();
    assertThat(stream.error).isInstanceOf(AttemptTimeoutException.class);
    checkNothingIsLeft();
  }

  @Test
  void theFirstElementStopsTheTimeOut() {
    List<Subscriber<String>> upstream = subscribeToIdle(TIMED);
    stream.subscription.request(2);
    assertThat(clock.timers).hasSize(1);
    upstream.get(0).onNext("element");
    assertThat(clock.timers).isEmpty();
  }

  @Test
  void theErrorOfAStreamThatHasEmittedIsUnchanged() {
    List<Subscriber<String>> upstream = subscribeToIdle(UNTIMED);
    stream.subscription.request(2);
    upstream.get(0).onNext("element");
    var wrapped = new CompletionException(overloaded);
    upstream.get(0).onError(wrapped);
    assertThat(stream.error).isSameAs(wrapped);
    checkNothingIsLeft();
  }

  @Test
  void aSubscriptionWhoseRequestThrowsFailsItsAttempt() {
    subscribe(
        UNTIMED,
        (subscriber, attempt) ->
            subscriber.onSubscribe(
                new Idle() {
                  @Override
                  public void request(long elements) {
                    throw new IllegalStateException("closed");
                  }
                }));
    stream.subscription.request(1);
    assertThat(stream.error).isInstanceOf(IllegalStateException.class);
    checkNothingIsLeft();
  }

  private static class Idle implements Subscription {

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {}
  }

  private static final class Listener implements Subscriber<String> {

    private final List<String> elements = new ArrayList<>();
    private Subscription subscription;
    private Throwable error;
    private boolean asksForMore;
    private boolean ended;

    @Override
    public void onSubscribe(Subscription opened) {
      subscription = opened;
    }

    @Override
    public void onNext(String element) {
      elements.add(element);
      if (asksForMore) {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      error = thrown;
      ended = true;
    }

    @Override
    public void onComplete() {
      ended = true;
    }
  }

  private static final class Recorder implements RetryListener {

    private int ends;
    private Runnable onRetry = () -> {};

    @Override
    public void onRetry(RetryEvent event, FailedAttempt attempt) {
      onRetry.run();
    }

    @Override
    public void onSuccess(RetryEvent event) {
      ends++;
    }

    @Override
    public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
      ends++;
    }
  }

  private static final class Clock implements BackoffClock {

    private final List<Runnable> timers = new ArrayList<>();
    private boolean firesAtOnce;
    private boolean refuses;
    private boolean keeps;

    void fire() {
      if (!timers.isEmpty()) {
        timers.remove(0).run();
      }
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(long nanos, CancellationToken token) {
      throw new AssertionError("blocked");
    }

    @Override
    public Registration schedule(long nanos, Runnable action) {
      if (refuses) {
        throw new RejectedExecutionException("shut down");
      }
      if (firesAtOnce) {
        action.run();
        return () -> {};
      }
      timers.add(action);
      return () -> {
        if (keeps) {
          throw new IllegalStateException("on purpose");
        }
        timers.remove(action);
      };
    }
  }
}
