package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Checked exceptions that are not declared: Kotlin, Scala and Groovy do not distinguish them, nor
 * does Lombok's {@code @SneakyThrows}.
 */
@ExtendWith(QuietLog.class)
class SneakyExceptionsTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("call").maxRetries(1).build();

  private final IOException undeclaredError = new IOException("undeclared");
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final List<Throwable> received = new ArrayList<>();
  private Executor executor = Runnable::run;

  private RetryRuntime runtime() {
    return RetryRuntime.builder().clock(clock).executor(work -> executor.execute(work)).build();
  }

  private <T> T fail() {
    throw SneakyExceptionsTest.<RuntimeException>undeclared(undeclaredError);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> X undeclared(Throwable error) throws X {
    throw (X) error;
  }

  private void checkFails(CompletableFuture<?> future, Throwable with) {
    assertThat(future).failsWithin(Duration.ZERO).withThrowableThat().withCause(with);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aSubscriberThatFailsIsCancelled() {
    List<String> cancelled = new ArrayList<>();
    List<Subscription> opened = new ArrayList<>();
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Subscription subscription) {
            opened.add(subscription);
          }

          @Override
          public void onNext(String element) {
            fail();
          }
        },
        (subscriber, attempt) -> {
          subscriber.onSubscribe(new Source(() -> cancelled.add("cancelled")));
          subscriber.onNext("element");
        });
    opened.get(0).request(1);
    assertThat(cancelled).containsExactly("cancelled");
    assertThat(received).isEmpty();
  }

  @Test
  void aSubscriberWhoseOnSubscribeThrowsCausesNoAttempt() {
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Subscription subscription) {
            fail();
          }
        },
        (subscriber, attempt) -> received.add(new AssertionError("an attempt")));
    assertThat(received).isEmpty();
  }

  @Test
  void aSubscriptionWhoseRequestThrowsFailsItsAttempt() {
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new RecordingSubscriber(),
        (subscriber, attempt) ->
            subscriber.onSubscribe(
                new Source(() -> {}) {
                  @Override
                  public void request(long elements) {
                    fail();
                  }
                }));
    clock.advance(Duration.ofSeconds(1));
    assertThat(received).containsExactly(undeclaredError);
  }

  @Test
  void aSubscriptionWhoseCancelThrowsEndsTheCall() {
    List<Subscription> opened = new ArrayList<>();
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Subscription subscription) {
            opened.add(subscription);
          }
        },
        (subscriber, attempt) -> subscriber.onSubscribe(new Source(this::fail)));
    opened.get(0).cancel();
    opened.get(0).request(1); // would hang in turn, or fail, if the first had got stuck
    assertThat(received).isEmpty();
  }

  @Test
  void anErrorThrownByTheCallbackEndsTheCall() {
    CallbackRetry.call(
        runtime(), POLICY, null, received::add, attempt -> attempt.element("element", this::fail));
    assertThat(received).containsExactly(undeclaredError);
  }

  @Test
  void anErrorThrownByAGatedCallbackEndsTheCall() {
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime(),
            POLICY,
            FutureRetry.gated(
                POLICY,
                (gate, attempt) -> {
                  gate.announcement(this::fail); // held back until the end
                  return CompletableFuture.completedFuture("ok");
                }));
    checkFails(future, undeclaredError);
  }

  @Test
  void anExecutorThatFailsEndsTheCallWithTheLastError() {
    executor = work -> fail();
    CompletableFuture<String> future =
        AsyncRetry.call(runtime(), POLICY, attempt -> CompletableFuture.failedFuture(overloaded));
    CallbackRetry.call(
        runtime(), POLICY, null, received::add, attempt -> attempt.failed(overloaded));
    clock.advance(Duration.ofSeconds(1));
    checkFails(future, overloaded);
    assertThat(received).containsExactly(overloaded);
  }

  @Test
  void anExecutorThatRejectsATimeOutLeavesItToTheClock() {
    RetryPolicy timed =
        RetryPolicy.builder("call").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    executor = work -> fail();
    CompletableFuture<String> future =
        AsyncRetry.call(runtime(), timed, attempt -> new CompletableFuture<String>());
    CallbackRetry.call(runtime(), timed, null, received::add, attempt -> {});
    clock.advance(Duration.ofSeconds(9));
    assertThat(future).isCompletedExceptionally();
    assertThat(received).hasSize(1);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aStageThatRejectsASubscriberFailsItsAttempt() {
    var rejecting =
        new CompletableFuture<String>() {
          @Override
          public CompletableFuture<String> whenComplete(
              BiConsumer<? super String, ? super Throwable> action) {
            return SneakyExceptionsTest.this.fail();
          }

          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return SneakyExceptionsTest.this.<Boolean>fail();
          }
        };
    RetryPolicy timed = RetryPolicy.builder("call").attemptTimeout(Duration.ofSeconds(1)).build();
    CompletableFuture<String> plain = AsyncRetry.call(runtime(), POLICY, attempt -> rejecting);
    CompletableFuture<String> scoped = AsyncRetry.call(runtime(), timed, attempt -> rejecting);
    clock.advance(Duration.ofSeconds(9));
    checkFails(plain, undeclaredError);
    checkFails(scoped, undeclaredError);
  }

  @Test
  void aSupplierThatFailsCompletesTheFuture() {
    CompletableFuture<String> future =
        AsyncRetry.call(runtime(), POLICY, attempt -> new CompletableFuture<String>());
    assertThat(future.completeAsync(this::fail, Runnable::run)).isSameAs(future);
    checkFails(future, undeclaredError);
  }

  private class RecordingSubscriber implements Subscriber<String> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(String element) {}

    @Override
    public void onError(Throwable error) {
      received.add(error);
    }

    @Override
    public void onComplete() {}
  }

  private static class Source implements Subscription {

    private final Registration end;

    Source(Registration end) {
      this.end = end;
    }

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {
      end.close();
    }
  }
}
