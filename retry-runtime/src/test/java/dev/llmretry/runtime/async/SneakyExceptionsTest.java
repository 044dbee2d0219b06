package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.QuietLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.testing.VirtualBackoffClock;
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
 * Checked exceptions from where Java declares none: Kotlin, Scala and Groovy know no difference,
 * nor does Lombok's {@code @SneakyThrows}.
 */
@ExtendWith(QuietLog.class)
class SneakyExceptionsTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("call").maxRetries(1).build();

  private final IOException sneaky = new IOException("undeclared");
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);
  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final List<Throwable> heard = new ArrayList<>();
  private Executor executor = Runnable::run;

  private RetryRuntime runtime() {
    return RetryRuntime.builder().clock(clock).executor(work -> executor.execute(work)).build();
  }

  private <T> T fail() {
    throw SneakyExceptionsTest.<RuntimeException>undeclared(sneaky);
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
  void aReaderThatFailsIsCutOff() {
    List<String> cancelled = new ArrayList<>();
    List<Subscription> opened = new ArrayList<>();
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new Reader() {
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
    assertThat(heard).isEmpty();
  }

  @Test
  void aReaderThatFailsToBeIntroducedCausesNoAttempt() {
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new Reader() {
          @Override
          public void onSubscribe(Subscription subscription) {
            fail();
          }
        },
        (subscriber, attempt) -> heard.add(new AssertionError("an attempt")));
    assertThat(heard).isEmpty();
  }

  @Test
  void aSubscriptionThatCannotBeAskedFailsItsAttempt() {
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new Reader(),
        (subscriber, attempt) ->
            subscriber.onSubscribe(
                new Source(() -> {}) {
                  @Override
                  public void request(long elements) {
                    fail();
                  }
                }));
    clock.advance(Duration.ofSeconds(1));
    assertThat(heard).containsExactly(sneaky);
  }

  @Test
  void aSubscriptionThatCannotBeCancelledEndsAllTheSame() {
    List<Subscription> opened = new ArrayList<>();
    PublisherRetry.<String>subscribe(
        runtime(),
        POLICY,
        null,
        new Reader() {
          @Override
          public void onSubscribe(Subscription subscription) {
            opened.add(subscription);
          }
        },
        (subscriber, attempt) -> subscriber.onSubscribe(new Source(this::fail)));
    opened.get(0).cancel();
    opened.get(0).request(1); // would hang in turn, or fail, if the first had got stuck
    assertThat(heard).isEmpty();
  }

  @Test
  void whatACallbackThrowsEndsTheCall() {
    CallbackRetry.call(
        runtime(), POLICY, null, heard::add, attempt -> attempt.element("element", this::fail));
    assertThat(heard).containsExactly(sneaky);
  }

  @Test
  void whatAGatedCallbackThrowsEndsTheCall() {
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime(),
            POLICY,
            AsyncRetry.gated(
                POLICY,
                gate -> {
                  gate.announcement(this::fail); // held back until the end
                  return CompletableFuture.completedFuture("ok");
                }));
    checkFails(future, sneaky);
  }

  @Test
  void anExecutorThatFailsEndsTheCallWithTheLastError() {
    executor = work -> fail();
    CompletableFuture<String> future =
        AsyncRetry.call(runtime(), POLICY, () -> CompletableFuture.failedFuture(overloaded));
    CallbackRetry.call(runtime(), POLICY, null, heard::add, attempt -> attempt.failed(overloaded));
    clock.advance(Duration.ofSeconds(1));
    checkFails(future, overloaded);
    assertThat(heard).containsExactly(overloaded);
  }

  @Test
  void anExecutorThatFailsToEndAnAttemptLeavesThatToTheClock() {
    RetryPolicy timed =
        RetryPolicy.builder("call").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();
    executor = work -> fail();
    CompletableFuture<String> future =
        AsyncRetry.call(runtime(), timed, () -> new CompletableFuture<String>());
    CallbackRetry.call(runtime(), timed, null, heard::add, attempt -> {});
    clock.advance(Duration.ofSeconds(9));
    assertThat(future).isCompletedExceptionally();
    assertThat(heard).hasSize(1);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aStageThatTakesNoListenerFailsItsAttempt() {
    var deaf =
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
    CompletableFuture<String> plain = AsyncRetry.call(runtime(), POLICY, () -> deaf);
    CompletableFuture<String> scoped = AsyncRetry.call(runtime(), timed, () -> deaf);
    clock.advance(Duration.ofSeconds(9));
    checkFails(plain, sneaky);
    checkFails(scoped, sneaky);
  }

  @Test
  void aSupplierThatFailsCompletesTheFuture() {
    CompletableFuture<String> future =
        AsyncRetry.call(runtime(), POLICY, () -> new CompletableFuture<String>());
    assertThat(future.completeAsync(this::fail, Runnable::run)).isSameAs(future);
    checkFails(future, sneaky);
  }

  private class Reader implements Subscriber<String> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(String element) {}

    @Override
    public void onError(Throwable error) {
      heard.add(error);
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
