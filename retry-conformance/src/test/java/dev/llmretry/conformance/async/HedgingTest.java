package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hedges of slow attempts, beyond what the table of cases says. */
class HedgingTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final CancellationSource shutdown = new CancellationSource();
  private final List<CompletableFuture<String>> attempts = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final List<Attempt> begun = new ArrayList<>();
  private final Upstream upstream = Upstream.of("provider");

  private RetryRuntime.Builder runtime() {
    return RetryRuntime.builder()
        .clock(clock)
        .executor(Runnable::run)
        .token(shutdown.token())
        .upstream(upstream);
  }

  private static RetryPolicy policy() {
    return RetryPolicy.builder("ask").hedgeAfter(Duration.ofMillis(100)).build();
  }

  private CompletableFuture<String> call(RetryRuntime runtime) {
    return AsyncRetry.call(runtime, policy(), this::begin);
  }

  private CompletableFuture<String> begin(Attempt attempt) {
    begun.add(attempt);
    var future = new CompletableFuture<String>();
    attempts.add(future);
    return future;
  }

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  private void checkNothingIsLeft() {
    assertThat(clock.scheduledCount()).isZero();
    assertThat(upstream.state().waiting()).isZero();
  }

  @Test
  void theLoserIsCancelled() {
    CompletableFuture<String> call = call(runtime().build());
    pass(100);
    assertThat(begun).extracting(Attempt::isHedge).containsExactly(false, true);
    assertThat(begun).extracting(Attempt::number).containsExactly(1, 1);
    assertThat(begun.get(0).callId()).isEqualTo(begun.get(1).callId());
    attempts.get(1).complete("hedge");
    assertThat(call).isCompletedWithValue("hedge");
    assertThat(begun.get(0).token().isCancelled()).isTrue();
    assertThat(attempts.get(0)).isCancelled();
    assertThat(begun.get(1).token().isCancelled()).isFalse();
    checkNothingIsLeft();
  }

  @Test
  void nothingIsHeardOfALoserThatIgnoresItsCancellation() {
    List<CompletableFuture<String>> stubborn = new ArrayList<>();
    CompletableFuture<String> call =
        AsyncRetry.call(
            runtime().build(),
            policy(),
            attempt -> {
              var future =
                  new CompletableFuture<String>() {
                    @Override
                    public boolean cancel(boolean mayInterruptIfRunning) {
                      return false;
                    }
                  };
              stubborn.add(future);
              return future;
            });
    pass(100);
    stubborn.get(1).complete("hedge");
    stubborn.get(0).completeExceptionally(new IOException("late"));
    assertThat(call).isCompletedWithValue("hedge");
    pass(10_000);
    assertThat(stubborn).hasSize(2);
    checkNothingIsLeft();
  }

  @Test
  void aHedgeThatThrowsLeavesItsAttemptAlone() {
    CompletableFuture<String> call =
        AsyncRetry.call(
            runtime().build(),
            policy(),
            attempt -> {
              if (attempt.isHedge()) {
                throw new IOException("no connection");
              }
              return begin(attempt);
            });
    pass(100);
    assertThat(call).isNotDone();
    attempts.get(0).complete("ok");
    assertThat(call).isCompletedWithValue("ok");
    checkNothingIsLeft();
  }

  @Test
  void whatTheFirstAttemptThrowsIsThrownIfItIsNotRetried() {
    var error = new IOException("unauthorized");
    RetryPolicy once = policy().toBuilder().abortOn(IOException.class).build();
    assertThatThrownBy(
            () ->
                AsyncRetry.<String>call(
                    runtime().build(),
                    once,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    checkNothingIsLeft();
  }

  @Test
  void anAttemptThatBlocksBeforeItReturnsIsHedgedToo() {
    List<String> order = new ArrayList<>();
    CompletableFuture<String> call =
        AsyncRetry.call(
            runtime().build(),
            policy(),
            attempt -> {
              order.add("begun");
              if (!attempt.isHedge()) {
                pass(150); // as if this thread were blocked meanwhile
                order.add("unblocked");
              }
              return attempt.isHedge()
                  ? CompletableFuture.completedFuture("hedge")
                  : begin(attempt);
            });
    assertThat(order).containsExactly("begun", "begun", "unblocked");
    assertThat(call).isCompletedWithValue("hedge");
    assertThat(attempts.get(0)).isCancelled();
    checkNothingIsLeft();
  }

  @Test
  void aFutureThatIsCancelledCancelsBothAttempts() {
    CompletableFuture<String> call = call(runtime().build());
    pass(100);
    call.cancel(true);
    assertThat(attempts).hasSize(2).allMatch(CompletableFuture::isCancelled);
    assertThat(begun).allMatch(attempt -> attempt.token().isCancelled());
    checkNothingIsLeft();
  }

  @Test
  void aShutdownCancelsBothAttempts() {
    CompletableFuture<String> call = call(runtime().build());
    pass(100);
    shutdown.cancel();
    assertThatThrownBy(call::join).isInstanceOf(CancelledException.class);
    assertThat(attempts).hasSize(2).allMatch(CompletableFuture::isCancelled);
    checkNothingIsLeft();
  }

  @Test
  void anExecutorThatRejectsTheHedgeDoesNotEndTheCall() {
    CompletableFuture<String> call =
        call(
            runtime()
                .executor(
                    task -> {
                      throw new RejectedExecutionException("full");
                    })
                .build());
    pass(100);
    assertThat(attempts).hasSize(1);
    attempts.get(0).complete("ok");
    assertThat(call).isCompletedWithValue("ok");
    checkNothingIsLeft();
  }

  @Test
  void aHedgeThatTheExecutorRunsTooLateIsNotMade() {
    List<Runnable> queue = new ArrayList<>();
    CompletableFuture<String> call = call(runtime().executor(queue::add).build());
    pass(100);
    attempts.get(0).completeExceptionally(new ProviderError(FailureKind.SERVER));
    pass(100); // back-off
    assertThat(queue).hasSize(2);
    queue.get(0).run();
    assertThat(attempts).as("no hedge of a failed attempt").hasSize(1);
    queue.get(1).run();
    attempts.get(1).complete("ok");
    assertThat(call).isCompletedWithValue("ok");
    assertThat(begun).noneMatch(Attempt::isHedge);
    checkNothingIsLeft();
  }

  @Test
  void aRuntimeThatIsDisabledMakesNoHedges() {
    CompletableFuture<String> call = call(runtime().enabled(false).build());
    pass(10_000);
    attempts.get(0).complete("ok");
    assertThat(call).isCompletedWithValue("ok");
    assertThat(attempts).hasSize(1);
  }

  @Test
  void withoutAnUpstreamThereIsNoLimit() {
    RetryRuntime alone = runtime().upstream(Upstream.none()).build();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<String> call = call(alone);
      pass(100);
      attempts.get(2 * i + 1).complete("hedge");
      assertThat(call).isCompletedWithValue("hedge");
    }
    assertThat(attempts).hasSize(40);
  }

  @Test
  void withoutTokensInTheBudgetThereAreNoHedges() {
    for (int i = 0; i < 6; i++) {
      CompletableFuture<String> call = call(runtime().build());
      pass(100);
      attempts.get(attempts.size() - 1).complete("ok");
      assertThat(call).isCompletedWithValue("ok");
    }
    assertThat(begun).filteredOn(Attempt::isHedge).hasSize(5);
    assertThat(attempts).hasSize(11);
    checkNothingIsLeft();
  }

  @Test
  void successesGiveBackTheCostOfHedges() {
    RetryRuntime runtime = runtime().build();
    for (int i = 0; i < 5; i++) {
      CompletableFuture<String> call = call(runtime);
      pass(100);
      attempts.get(attempts.size() - 1).complete("hedge");
      assertThat(call).isDone();
    }
    for (int i = 0; i < 100; i++) {
      CompletableFuture<String> call = call(runtime);
      attempts.get(attempts.size() - 1).complete("ok");
      assertThat(call).isDone();
    }
    assertThat(upstream.state().budget()).isEqualTo(1);
    call(runtime);
    pass(100);
    assertThat(begun.get(begun.size() - 1).isHedge()).isTrue();
  }

  @Test
  void aFutureThatHasEndedKeepsNothingOfItsRequest() {
    var request = new AtomicReference<Object>(new Object());
    var kept = new WeakReference<>(request.get());
    CompletableFuture<String> ended = callWith(request.getAndSet(null));
    attempts.get(0).complete("ok");
    assertThat(ended).isDone();
    request.set(new Object());
    var keptAfterCancellation = new WeakReference<>(request.get());
    CompletableFuture<String> cancelled = callWith(request.getAndSet(null));
    cancelled.cancel(true);
    assertThat(isCollected(kept)).as("after the end").isTrue();
    assertThat(isCollected(keptAfterCancellation)).as("after a cancellation").isTrue();
    assertThat(ended.isDone() && cancelled.isDone()).isTrue();
  }

  private static boolean isCollected(WeakReference<?> reference) {
    for (int i = 0; i < 100 && !reference.refersTo(null); i++) {
      System.gc();
    }
    return reference.refersTo(null);
  }

  private CompletableFuture<String> callWith(Object request) {
    return AsyncRetry.call(
        runtime().build(),
        policy(),
        attempt -> {
          assertThat(request).isNotNull();
          return begin(attempt);
        });
  }

  @Test
  void hedgesAreLogged() {
    CompletableFuture<String> call = call(runtime().build());
    pass(100);
    attempts.get(1).complete("hedge");
    assertThat(call).isDone();
    assertThat(log.lines())
        .extracting(LogRecord::getMessage)
        .contains("hedge method=ask attempt=1", "hedge method=ask attempt=1 won=true");
  }

  private Elements subscribe(RetryPolicy policy) {
    var elements = new Elements();
    PublisherRetry.<String>call(
            runtime().build(),
            policy,
            attempt -> {
              begun.add(attempt);
              return subscriber -> {
                var source = new Source(subscriber);
                sources.add(source);
                subscriber.onSubscribe(source);
              };
            })
        .subscribe(elements);
    return elements;
  }

  private static RetryPolicy withPreamble() {
    return policy().toBuilder().preamble((String element) -> element.startsWith("role")).build();
  }

  @Test
  void theFirstContentWinsAndThePreambleOfTheLoserIsDropped() {
    Elements elements = subscribe(withPreamble());
    elements.subscription.request(10);
    sources.get(0).emit("role 1");
    pass(100);
    sources.get(1).emit("role 2");
    assertThat(elements.received).isEmpty();
    sources.get(1).emit("text 2");
    assertThat(elements.received).containsExactly("role 2", "text 2");
    assertThat(sources.get(0).isCancelled).isTrue();
    assertThat(begun.get(0).token().isCancelled()).isTrue();
    sources.get(0).emit("text 1");
    sources.get(0).subscriber.onError(new IOException("late"));
    sources.get(1).emit("more");
    sources.get(1).subscriber.onComplete();
    assertThat(elements.received).containsExactly("role 2", "text 2", "more", "end");
    checkNothingIsLeft();
  }

  @Test
  void noMoreIsRequestedOfTheWinnerThanItsSubscriberRequested() {
    Elements elements = subscribe(withPreamble());
    elements.subscription.request(1);
    pass(100);
    assertThat(sources).extracting(source -> source.requested).containsExactly(1L, 1L);
    sources.get(1).emit("role 2"); // held back, so one more is requested
    assertThat(sources.get(1).requested).isEqualTo(2);
    assertThat(sources.get(0).requested).isEqualTo(1);
    sources.get(1).emit("text 2");
    assertThat(elements.received).containsExactly("role 2");
    elements.subscription.request(1);
    assertThat(elements.received).containsExactly("role 2", "text 2");
    assertThat(sources.get(1).requested).isEqualTo(2);
    elements.subscription.request(3);
    assertThat(sources.get(1).requested).isEqualTo(5);
    assertThat(sources.get(0).requested).isEqualTo(1);
  }

  @Test
  void aStreamThatHasEmittedContentIsNotHedged() {
    Elements elements = subscribe(policy());
    elements.subscription.request(10);
    pass(99);
    sources.get(0).emit("text");
    assertThat(clock.scheduledCount()).isZero();
    pass(10_000);
    assertThat(sources).hasSize(1);
    assertThat(elements.received).containsExactly("text");
  }

  @Test
  void aStreamWithoutContentWins() {
    Elements elements = subscribe(withPreamble());
    elements.subscription.request(10);
    pass(100);
    sources.get(0).emit("role 1");
    sources.get(1).emit("role 2");
    sources.get(0).subscriber.onComplete();
    assertThat(elements.received).containsExactly("role 1", "end");
    assertThat(sources.get(1).isCancelled).isTrue();
    checkNothingIsLeft();
  }

  @Test
  void aSubscriberThatCancelsCancelsBoth() {
    Elements elements = subscribe(policy());
    elements.subscription.request(1);
    pass(100);
    elements.subscription.cancel();
    assertThat(sources).hasSize(2).allMatch(source -> source.isCancelled);
    assertThat(elements.received).isEmpty();
    checkNothingIsLeft();
  }

  private static final class Source implements Subscription {

    private final Subscriber<? super String> subscriber;
    private long requested;
    private boolean isCancelled;

    Source(Subscriber<? super String> subscriber) {
      this.subscriber = subscriber;
    }

    void emit(String element) {
      subscriber.onNext(element);
    }

    @Override
    public void request(long elements) {
      requested += elements;
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }
  }

  private static final class Elements implements Subscriber<String> {

    private final List<String> received = new ArrayList<>();
    private Subscription subscription;

    @Override
    public void onSubscribe(Subscription opened) {
      subscription = opened;
    }

    @Override
    public void onNext(String element) {
      received.add(element);
    }

    @Override
    public void onError(Throwable error) {
      received.add(error.toString());
    }

    @Override
    public void onComplete() {
      received.add("end");
    }
  }
}
