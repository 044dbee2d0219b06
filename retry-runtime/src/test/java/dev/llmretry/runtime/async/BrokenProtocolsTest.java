package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.cases.ObservedToken;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.testing.VirtualBackoffClock;
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

/** Delegates that do not keep the rules of what they return, or of what they call back. */
@ExtendWith(QuietLog.class)
class BrokenProtocolsTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();

  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
  private final List<Object> heard = new ArrayList<>();
  private final List<Subscription> demand = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    assertThat(clock.scheduledCount()).isZero();
    assertThat(token.registered()).isZero();
  }

  /** Returns what a publisher has to hand its elements to. */
  private Subscriber<String> subscribe() {
    List<Subscriber<String>> inlet = new ArrayList<>();
    PublisherRetry.<String>subscribe(
        runtime, POLICY, token, new Reader(), (subscriber, attempt) -> inlet.add(subscriber));
    return inlet.get(0);
  }

  @Test
  void anElementBeforeTheSubscriptionIsHandedOnAtMostOnDemand() {
    Subscriber<String> inlet = subscribe();
    inlet.onNext("early");
    assertThat(heard).isEmpty();
    Source late = new Source();
    inlet.onSubscribe(late);
    demand.get(0).request(1);
    assertThat(heard).containsExactly("early");
    inlet.onComplete();
    assertThat(heard).containsExactly("early", "end");
  }

  @Test
  void whatComesAfterTheEndIsDropped() {
    Subscriber<String> inlet = subscribe();
    inlet.onSubscribe(new Source());
    demand.get(0).request(Long.MAX_VALUE);
    inlet.onNext("a");
    inlet.onComplete();
    inlet.onNext("b");
    inlet.onComplete();
    inlet.onError(new ProviderError(FailureKind.OVERLOADED));
    assertThat(heard).containsExactly("a", "end");
  }

  @Test
  void anErrorThatIsSaidTwiceIsRetriedOnce() {
    Subscriber<String> inlet = subscribe();
    inlet.onError(new ProviderError(FailureKind.OVERLOADED));
    inlet.onError(new ProviderError(FailureKind.OVERLOADED));
    assertThat(clock.scheduledCount()).isEqualTo(1);
    demand.get(0).cancel();
    assertThat(heard).isEmpty();
  }

  @Test
  void aSecondSubscriptionIsCancelled() {
    Subscriber<String> inlet = subscribe();
    Source first = new Source();
    Source second = new Source();
    inlet.onSubscribe(first);
    inlet.onSubscribe(second);
    assertThat(first.cancelled).isFalse();
    assertThat(second.cancelled).isTrue();
    inlet.onComplete();
    assertThat(heard).containsExactly("end");
  }

  @Test
  void aSubscriptionOfNullEndsTheAttemptAndIsThrown() {
    Subscriber<String> inlet = subscribe();
    assertThatThrownBy(() -> inlet.onSubscribe(null)).isInstanceOf(NullPointerException.class);
    assertThat(heard).hasSize(1).hasOnlyElementsOfType(NullPointerException.class);
  }

  @Test
  void elementsThatNobodyAskedForWaitUntilSomebodyDoes() {
    Subscriber<String> inlet = subscribe();
    inlet.onSubscribe(new Source());
    inlet.onNext("a");
    inlet.onNext("b");
    demand.get(0).request(1);
    assertThat(heard).containsExactly("a");
    demand.get(0).request(1);
    inlet.onComplete();
    assertThat(heard).containsExactly("a", "b", "end");
  }

  @Test
  void anErrorOfNullFromACallbackEndsTheCall() {
    CallbackRetry.call(runtime, POLICY, token, heard::add, attempt -> attempt.failed(null));
    assertThat(heard).hasSize(1).hasOnlyElementsOfType(NullPointerException.class);
  }

  @Test
  void aCallbackThatIsCalledAfterTheEndIsNotHeard() {
    List<CallbackAttempt> attempts = new ArrayList<>();
    CallbackRetry.call(runtime, POLICY, token, heard::add, attempts::add);
    attempts.get(0).completed(() -> heard.add("end"));
    attempts.get(0).element("late", () -> heard.add("late"));
    attempts.get(0).completed(() -> heard.add("end"));
    attempts.get(0).failed(new ProviderError(FailureKind.OVERLOADED));
    assertThat(heard).containsExactly("end");
  }

  @Test
  void anEndThatHasBeenHandedOnIsTheEnd() {
    CallbackRetry.call(
        runtime,
        POLICY,
        token,
        heard::add,
        attempt ->
            attempt.completed(
                () -> {
                  heard.add("end");
                  source.cancel();
                }));
    assertThat(heard).containsExactly("end");
  }

  @Test
  void aWrapperThatDoesNotTellItsCauseIsAnErrorLikeAnother() {
    var secretive =
        new CompletionException("no cause") {
          private static final long serialVersionUID = 1;

          @Override
          public Throwable getCause() {
            throw new IllegalStateException("secret");
          }
        };
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime, POLICY, token, attempt -> CompletableFuture.failedFuture(secretive));
    assertThat(future.isCompletedExceptionally()).isTrue();
    CallbackRetry.call(runtime, POLICY, token, heard::add, attempt -> attempt.failed(secretive));
    assertThat(heard).containsExactly(secretive);
  }

  @Test
  void aWrapperThatIsItsOwnCauseIsAnErrorLikeAnother() {
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
  void aFutureThatDoesNotSayWhetherItIsDoneIsListenedTo() {
    var silent =
        new CompletableFuture<String>() {
          @Override
          public boolean isDone() {
            throw new IllegalStateException("secret");
          }
        };
    CompletableFuture<String> future = AsyncRetry.call(runtime, POLICY, token, attempt -> silent);
    silent.complete("ok");
    assertThat(future).isCompletedWithValue("ok");
  }

  @Test
  void veryManyRetriesOnOneThreadDoNotFillTheStack() {
    RetryPolicy patient =
        RetryPolicy.builder("call").maxRetries(10_000).baseDelay(Duration.ZERO).build();
    var overloaded = new ProviderError(FailureKind.OVERLOADED);
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime,
            patient,
            token,
            attempt -> {
              heard.add("future");
              return CompletableFuture.failedFuture(overloaded);
            });
    assertThat(future.<Throwable>handle((result, error) -> error).join()).isSameAs(overloaded);
    assertThat(heard).hasSize(10_001);
    heard.clear();
    CallbackRetry.call(
        runtime,
        patient,
        token,
        error -> assertThat(error).isSameAs(overloaded),
        attempt -> {
          heard.add("callback");
          attempt.failed(overloaded);
        });
    assertThat(heard).hasSize(10_001);
  }

  private final class Reader implements Subscriber<String> {

    @Override
    public void onSubscribe(Subscription subscription) {
      demand.add(subscription);
    }

    @Override
    public void onNext(String element) {
      heard.add(element);
    }

    @Override
    public void onError(Throwable error) {
      heard.add(error);
    }

    @Override
    public void onComplete() {
      heard.add("end");
    }
  }

  private static final class Source implements Subscription {

    private boolean cancelled;

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
