package dev.llmretry.guava.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListenedFutureTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").baseDelay(Duration.ofMillis(100)).build();

  private static final RetryPolicy TIMED =
      RetryPolicy.builder("timed").maxRetries(0).attemptTimeout(Duration.ofSeconds(1)).build();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final TestEnvironment world = new TestEnvironment();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** A future of a library that knows listeners and no stages. */
  private interface Listenable<T> extends Future<T> {

    void addListener(Runnable listener, Executor executor);
  }

  private static final class Retried<T> extends ListenedFuture<T> implements Listenable<T> {

    Retried(CompletableFuture<T> future) {
      super(future);
    }
  }

  /** Such a future, to be completed by a test. */
  private static class Promise implements Listenable<String> {

    final CompletableFuture<String> inner = new CompletableFuture<>();

    static Promise of(String result) {
      var promise = new Promise();
      promise.inner.complete(result);
      return promise;
    }

    static Promise failed(Throwable error) {
      var promise = new Promise();
      promise.inner.completeExceptionally(error);
      return promise;
    }

    @Override
    public void addListener(Runnable listener, Executor executor) {
      inner.whenComplete((result, error) -> executor.execute(listener));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return inner.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
      return inner.isCancelled();
    }

    @Override
    public boolean isDone() {
      return inner.isDone();
    }

    @Override
    public String get() throws InterruptedException, ExecutionException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return inner.get();
    }

    @Override
    public String get(long timeout, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }
  }

  private Listenable<String> call(RetryPolicy policy, AsyncCall<Listenable<String>> call) {
    return ListenedFuture.retry(
        world.runtime(), policy, null, call, Listenable::addListener, Retried::new);
  }

  private Listenable<String> call(AsyncCall<Listenable<String>> call) {
    return call(POLICY, call);
  }

  @Test
  void aResultThatIsThereIsReturnedItself() {
    Promise done = Promise.of("ok");
    assertThat(call(attempt -> done)).isSameAs(done);
    assertThat(world.events).containsExactly("success 1");
  }

  @Test
  void aResultThatIsThereIsReturnedItselfAlsoOnAnInterruptedThread() {
    Promise done = Promise.of("ok");
    Thread.currentThread().interrupt();
    assertThat(call(attempt -> done)).isSameAs(done);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatFailsAtOnceOrLaterIsRetried() throws Exception {
    List<Promise> promises = new ArrayList<>();
    Listenable<String> future =
        call(
            attempt -> {
              promises.add(promises.isEmpty() ? Promise.failed(overloaded) : new Promise());
              return promises.get(promises.size() - 1);
            });
    world.clock.advanceUntil(() -> promises.size() == 2);
    promises.get(1).inner.completeExceptionally(overloaded);
    world.clock.advanceUntil(() -> promises.size() == 3);
    assertThat(future.isDone()).isFalse();
    promises.get(2).inner.complete("ok");
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.get()).isEqualTo("ok");
    assertThat(world.waits).containsExactly(100L, 200L);
  }

  @Test
  void aLaterAttemptMayBeCompleteAtOnce() throws Exception {
    Listenable<String> future =
        call(attempt -> ++world.calls == 1 ? Promise.failed(overloaded) : Promise.of("ok"));
    world.clock.advanceUntil(future::isDone);
    assertThat(future.get()).isEqualTo("ok");
  }

  @Test
  void toCancelItIsToCancelTheAttempt() {
    var promise = new Promise();
    Listenable<String> future = call(attempt -> promise);
    assertThat(future.cancel(true)).isTrue();
    assertThat(promise.isCancelled()).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThat(Promise.of("ok").cancel(true)).isFalse();
    assertThat(new Retried<>(CompletableFuture.completedFuture("ok")).cancel(true)).isFalse();
  }

  @Test
  void aCancelledAttemptIsNotRetried() {
    var promise = new Promise();
    promise.cancel(true);
    assertThatThrownBy(() -> call(attempt -> promise).get())
        .isInstanceOf(CancellationException.class);
    assertThat(world.waits).isEmpty();
  }

  @Test
  void aResultInAnswerToACancellationIsAResult() throws Exception {
    var promise =
        new Promise() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return !inner.complete("all the same");
          }
        };
    Listenable<String> future = call(TIMED, attempt -> promise);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(future.get()).isEqualTo("all the same");
  }

  @Test
  void noFutureAtAllIsAFailure() {
    assertThatThrownBy(() -> call(attempt -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("call returned null instead of a future or publisher");
  }

  @Test
  void anAttemptHasATokenOfItsOwn() {
    List<CancellationToken> tokens = new ArrayList<>();
    Listenable<String> future =
        ListenedFuture.retry(
            world.runtime(),
            POLICY,
            world.callToken,
            attempt -> {
              tokens.add(attempt.token());
              return tokens.size() == 1 ? Promise.failed(overloaded) : new Promise();
            },
            Listenable::addListener,
            Retried::new);
    world.clock.advanceUntil(() -> tokens.size() == 2);
    assertThat(tokens.get(1).isCancelled()).isFalse();
    future.cancel(true);
    assertThat(tokens.get(1).isCancelled()).isTrue();
  }

  @Test
  void listenersAreRunByTheirExecutors() {
    List<String> heard = new ArrayList<>();
    List<Runnable> handedOver = new ArrayList<>();
    var promise = new Promise();
    Listenable<String> future = call(attempt -> promise);
    future.addListener(() -> heard.add("early"), handedOver::add);
    assertThat(handedOver).isEmpty();
    promise.inner.complete("ok");
    assertThat(heard).isEmpty();
    handedOver.remove(0).run();
    future.addListener(() -> heard.add("late"), Runnable::run);
    assertThat(heard).containsExactly("early", "late");
  }

  @Test
  void anExecutorThatRefusesAListenerKeepsNoOtherFromHearing() throws Exception {
    List<String> heard = new ArrayList<>();
    var promise = new Promise();
    Listenable<String> future = call(attempt -> promise);
    future.addListener(() -> heard.add("first"), Runnable::run);
    future.addListener(
        () -> heard.add("never"),
        task -> {
          throw new RejectedExecutionException("shut down");
        });
    future.addListener(() -> heard.add("last"), Runnable::run);
    promise.inner.complete("ok");
    assertThat(heard).containsExactlyInAnyOrder("first", "last");
    assertThat(future.get()).isEqualTo("ok");
    assertThat(log.warnings())
        .containsExactly("A listener of a future failed, or its executor did");
  }

  @Test
  void theErrorIsTheDelegatesEvenIfItIsOneThatFuturesWrapOthersIn() {
    var wrapping = new CompletionException("of the delegate", new IllegalStateException());
    for (Throwable error : List.of(new IllegalStateException("unknown"), wrapping)) {
      Listenable<String> future = new Retried<>(CompletableFuture.failedFuture(error));
      assertThatThrownBy(future::get)
          .isInstanceOf(ExecutionException.class)
          .extracting(Throwable::getCause)
          .isSameAs(error);
      assertThatThrownBy(() -> future.get(1, TimeUnit.DAYS))
          .isInstanceOf(ExecutionException.class)
          .extracting(Throwable::getCause)
          .isSameAs(error);
    }
  }

  @Test
  void aCancellationIsReportedAsItIs() {
    var cancelled = new CancelledException("call was cancelled", overloaded);
    Listenable<String> future = new Retried<>(CompletableFuture.failedFuture(cancelled));
    assertThatThrownBy(future::get).isSameAs(cancelled);
    assertThatThrownBy(() -> future.get(1, TimeUnit.DAYS)).isSameAs(cancelled);
  }

  @Test
  void whatItRetriedInVainIsNotRetriedAroundIt() {
    RetryPolicy once = RetryPolicy.builder("inner").maxRetries(1).build();
    Listenable<String> future =
        call(
            attempt ->
                call(
                    once,
                    inner -> {
                      world.calls++;
                      return Promise.failed(overloaded);
                    }));
    world.clock.advanceUntil(future::isDone);
    assertThat(world.calls).isEqualTo(2);
    assertThat(world.events).last().isEqualTo("give up 1 ALREADY_RETRIED");
  }

  @Test
  void whatAnInnerOneHasAtOnceIsReturnedItself() {
    Listenable<String> inner = new Retried<>(CompletableFuture.completedFuture("ok"));
    assertThat(call(attempt -> inner)).isSameAs(inner);
    Listenable<String> failed = new Retried<>(CompletableFuture.failedFuture(overloaded));
    assertThat(call(attempt -> failed)).isNotSameAs(failed);
  }

  @Test
  void itsTextTellsHowItStands() {
    assertThat(call(attempt -> new Promise()))
        .asString()
        .startsWith("Retried[")
        .contains("Not completed");
  }
}
