package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ObservedToken;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CallbackRetry.CallbackAttempt;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Delegates that violate the protocol of what they return, or of their callback. */
@ExtendWith(QuietLog.class)
class BrokenProtocolsTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();

  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
  private final List<Object> received = new ArrayList<>();
  private final List<Subscription> demand = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    assertThat(clock.scheduledCount()).isZero();
    assertThat(token.registered()).isZero();
  }

  /** Returns the subscriber that the first attempt is passed. */
  private Subscriber<String> subscribe() {
    List<Subscriber<String>> upstream = new ArrayList<>();
    PublisherRetry.<String>subscribe(
        runtime,
        POLICY,
        token,
        new RecordingSubscriber(),
        (subscriber, attempt) -> upstream.add(subscriber));
    return upstream.get(0);
  }

  @Test
  void anElementBeforeTheSubscriptionWaitsForDemand() {
    Subscriber<String> upstream = subscribe();
    upstream.onNext("early");
    assertThat(received).isEmpty();
    Source late = new Source();
    upstream.onSubscribe(late);
    demand.get(0).request(1);
    assertThat(received).containsExactly("early");
    upstream.onComplete();
    assertThat(received).containsExactly("early", "end");
  }

  @Test
  void signalsAfterTheEndAreDropped() {
    Subscriber<String> upstream = subscribe();
    upstream.onSubscribe(new Source());
    demand.get(0).request(Long.MAX_VALUE);
    upstream.onNext("a");
    upstream.onComplete();
    upstream.onNext("b");
    upstream.onComplete();
    upstream.onError(new ProviderError(FailureKind.OVERLOADED));
    assertThat(received).containsExactly("a", "end");
  }

  @Test
  void anErrorThatIsSignalledTwiceIsRetriedOnce() {
    Subscriber<String> upstream = subscribe();
    upstream.onError(new ProviderError(FailureKind.OVERLOADED));
    upstream.onError(new ProviderError(FailureKind.OVERLOADED));
    assertThat(clock.scheduledCount()).isEqualTo(1);
    demand.get(0).cancel();
    assertThat(received).isEmpty();
  }

  @Test
  void aSecondSubscriptionIsCancelled() {
    Subscriber<String> upstream = subscribe();
    Source first = new Source();
    Source second = new Source();
    upstream.onSubscribe(first);
    upstream.onSubscribe(second);
    assertThat(first.cancelled).isFalse();
    assertThat(second.cancelled).isTrue();
    upstream.onComplete();
    assertThat(received).containsExactly("end");
  }

  @Test
  void aSecondSubscriptionThatFailsToBeCancelledDoesNotEndTheCall() {
    Subscriber<String> upstream = subscribe();
    upstream.onSubscribe(new Source());
    upstream.onSubscribe(
        new Source() {
          @Override
          public void cancel() {
            throw new IllegalStateException("on purpose");
          }
        });
    demand.get(0).request(Long.MAX_VALUE);
    upstream.onNext("a");
    upstream.onComplete();
    assertThat(received).containsExactly("a", "end");
  }

  @Test
  void aNullSubscriptionFailsTheAttemptAndThrows() {
    Subscriber<String> upstream = subscribe();
    assertThatThrownBy(() -> upstream.onSubscribe(null)).isInstanceOf(NullPointerException.class);
    assertThat(received).hasSize(1).hasOnlyElementsOfType(NullPointerException.class);
  }

  @Test
  void unrequestedElementsWaitForDemand() {
    Subscriber<String> upstream = subscribe();
    upstream.onSubscribe(new Source());
    upstream.onNext("a");
    upstream.onNext("b");
    demand.get(0).request(1);
    assertThat(received).containsExactly("a");
    demand.get(0).request(1);
    upstream.onComplete();
    assertThat(received).containsExactly("a", "b", "end");
  }

  @Test
  void aNullErrorFromACallbackEndsTheCall() {
    CallbackRetry.call(runtime, POLICY, token, received::add, attempt -> attempt.failed(null));
    assertThat(received).hasSize(1).hasOnlyElementsOfType(NullPointerException.class);
  }

  @Test
  void signalsAfterTheTerminalSignalAreDropped() {
    List<CallbackAttempt> attempts = new ArrayList<>();
    CallbackRetry.call(runtime, POLICY, token, received::add, attempts::add);
    attempts.get(0).completed(() -> received.add("end"));
    attempts.get(0).element("late", () -> received.add("late"));
    attempts.get(0).completed(() -> received.add("end"));
    attempts.get(0).failed(new ProviderError(FailureKind.OVERLOADED));
    assertThat(received).containsExactly("end");
  }

  @Test
  void aCancellationDuringTheTerminalSignalIsIgnored() {
    CallbackRetry.call(
        runtime,
        POLICY,
        token,
        received::add,
        attempt ->
            attempt.completed(
                () -> {
                  received.add("end");
                  source.cancel();
                }));
    assertThat(received).containsExactly("end");
  }

  @Test
  void aWrapperWhoseGetCauseThrowsIsAnOrdinaryError() {
    var throwing =
        new CompletionException("no cause") {
          private static final long serialVersionUID = 1;

          @Override
          public Throwable getCause() {
            throw new IllegalStateException("on purpose");
          }
        };
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime, POLICY, token, attempt -> CompletableFuture.failedFuture(throwing));
    assertThat(future.isCompletedExceptionally()).isTrue();
    CallbackRetry.call(runtime, POLICY, token, received::add, attempt -> attempt.failed(throwing));
    assertThat(received).containsExactly(throwing);
  }

  @Test
  void aWrapperThatIsItsOwnCauseIsAnOrdinaryError() {
    var circular =
        new CompletionException("itself") {
          private static final long serialVersionUID = 1;

          @Override
          public Throwable getCause() {
            return this;
          }
        };
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime, POLICY, token, attempt -> CompletableFuture.failedFuture(circular));
    assertThat(future.<Throwable>handle((result, error) -> error).join()).isSameAs(circular);
  }

  @Test
  void aFutureWhoseIsDoneThrowsIsSubscribedTo() {
    var silent =
        new CompletableFuture<String>() {
          @Override
          public boolean isDone() {
            throw new IllegalStateException("on purpose");
          }
        };
    CompletableFuture<String> future = AsyncRetry.call(runtime, POLICY, token, attempt -> silent);
    silent.complete("ok");
    assertThat(future).isCompletedWithValue("ok");
  }

  @Test
  void manyRetriesOnOneThreadDoNotOverflowTheStack() {
    RetryPolicy patient =
        RetryPolicy.builder("call").maxRetries(10_000).baseDelay(Duration.ZERO).build();
    var overloaded = new ProviderError(FailureKind.OVERLOADED);
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime,
            patient,
            token,
            attempt -> {
              received.add("future");
              return CompletableFuture.failedFuture(overloaded);
            });
    assertThat(future.<Throwable>handle((result, error) -> error).join()).isSameAs(overloaded);
    assertThat(received).hasSize(10_001);
    received.clear();
    CallbackRetry.call(
        runtime,
        patient,
        token,
        error -> assertThat(error).isSameAs(overloaded),
        attempt -> {
          received.add("callback");
          attempt.failed(overloaded);
        });
    assertThat(received).hasSize(10_001);
  }

  private final class RecordingSubscriber implements Subscriber<String> {

    @Override
    public void onSubscribe(Subscription subscription) {
      demand.add(subscription);
    }

    @Override
    public void onNext(String element) {
      received.add(element);
    }

    @Override
    public void onError(Throwable error) {
      received.add(error);
    }

    @Override
    public void onComplete() {
      received.add("end");
    }
  }

  private static class Source implements Subscription {

    private boolean cancelled;

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
