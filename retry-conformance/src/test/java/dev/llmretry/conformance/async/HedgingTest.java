package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.Rejection;
import dev.llmretry.conformance.ForwardingClock;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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

  private void answerWithHedges(RetryRuntime runtime, int calls) {
    for (int i = 0; i < calls; i++) {
      CompletableFuture<String> call = call(runtime);
      pass(100);
      attempts.get(attempts.size() - 1).complete("hedge");
      assertThat(call).isCompletedWithValue("hedge");
    }
  }

  @Test
  void hedgesTakeNothingThatRetriesNeed() {
    RetryRuntime runtime = runtime().build();
    answerWithHedges(runtime, 5);
    assertThat(upstream.state().budget()).isEqualTo(1);
    CompletableFuture<String> call = call(runtime);
    attempts.get(10).completeExceptionally(new ProviderError(FailureKind.TIMEOUT));
    pass(100); // back-off
    attempts.get(11).complete("ok");
    assertThat(call).isCompletedWithValue("ok");
    checkNothingIsLeft();
  }

  @Test
  void nothingIsHedgedWhileFailuresHaveUsedUpTheRetriesOfTheMethod() {
    RetryRuntime runtime = runtime().build();
    RetryPolicy once = policy().toBuilder().maxRetries(1).build();
    for (int i = 0; i < 10; i++) {
      AsyncRetry.call(runtime, once, this::begin);
      attempts.get(2 * i).completeExceptionally(new ProviderError(FailureKind.SERVER));
      pass(100); // back-off
      attempts.get(2 * i + 1).completeExceptionally(new ProviderError(FailureKind.SERVER));
    }
    assertThat(upstream.state().budget()).isZero();
    call(runtime);
    pass(100);
    assertThat(begun).hasSize(21);
  }

  @Test
  void successesOfEveryRoutePayForHedges() {
    RetryRuntime routed =
        Routes.of(
                runtime().build(),
                Route.of("first", "a").withUpstream(upstream),
                Route.of("second", "b").withUpstream(Upstream.of("another provider")))
            .runtime();
    answerWithHedges(routed, 5);
    CompletableFuture<String> unhedged = call(routed);
    pass(100);
    assertThat(begun).as("no hedge, as nothing has paid for it").hasSize(11);
    attempts.get(10).completeExceptionally(new ProviderError(FailureKind.UNAUTHORIZED));
    attempts.get(11).complete("ok");
    assertThat(unhedged).isCompletedWithValue("ok");
    for (int i = 0; i < 19; i++) { // the first route is closed
      CompletableFuture<String> call = call(routed);
      attempts.get(attempts.size() - 1).complete("ok");
      assertThat(call).isCompletedWithValue("ok");
    }
    pass(1_000);
    call(routed); // tests the first route
    pass(100);
    assertThat(begun.subList(begun.size() - 2, begun.size()))
        .extracting(Attempt::route)
        .containsExactly("first", "second");
    assertThat(begun.get(begun.size() - 1).isHedge()).isTrue();
  }

  /** A result that holds a connection. */
  private static final class Connection implements AutoCloseable {
    private boolean isClosed;

    @Override
    public void close() {
      isClosed = true;
    }
  }

  /** Yields its result in response to its cancellation. */
  private static final class Yielding<T> extends CompletableFuture<T> {
    private final T result;

    Yielding(T result) {
      this.result = result;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return complete(result);
    }
  }

  @Test
  void theResultOfTheLoserIsClosed() {
    var lost = new Connection();
    var won = new CompletableFuture<Connection>();
    CompletableFuture<Connection> call =
        AsyncRetry.call(
            runtime().build(), policy(), attempt -> attempt.isHedge() ? won : new Yielding<>(lost));
    pass(100);
    var result = new Connection();
    won.complete(result);
    assertThat(call).isCompletedWithValue(result);
    assertThat(lost.isClosed).isTrue();
    assertThat(result.isClosed).isFalse();
  }

  @Test
  void aResultThatArrivesAfterTheEndOfTheCallIsClosed() {
    var late = new Connection();
    var stubborn =
        new CompletableFuture<Connection>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
          }
        };
    CompletableFuture<Connection> call =
        AsyncRetry.call(runtime().build(), policy(), attempt -> stubborn);
    call.cancel(true);
    stubborn.complete(late);
    assertThat(late.isClosed).isTrue();
  }

  @Test
  void aResultThatIsThatOfBothAttemptsIsNotClosed() {
    var shared = new CompletableFuture<Connection>();
    CompletableFuture<Connection> call =
        AsyncRetry.call(runtime().build(), policy(), attempt -> shared);
    pass(100);
    var result = new Connection();
    shared.complete(result);
    assertThat(call).isCompletedWithValue(result);
    assertThat(result.isClosed).isFalse();
  }

  @Test
  void aResultInResponseToTheTimeOutCountsAsWithoutHedges() {
    RetryPolicy timed =
        policy().toBuilder().hedgeAfter(null).attemptTimeout(Duration.ofMillis(300)).build();
    CompletableFuture<String> alone =
        AsyncRetry.call(runtime().build(), timed, attempt -> new Yielding<>("late"));
    RetryPolicy hedging = timed.toBuilder().hedgeAfter(Duration.ofMillis(100)).build();
    CompletableFuture<String> hedged =
        AsyncRetry.call(
            runtime().build(),
            hedging,
            attempt -> attempt.isHedge() ? begin(attempt) : new Yielding<>("late"));
    pass(300);
    assertThat(alone).isCompletedWithValue("late");
    assertThat(hedged).isCompletedWithValue("late");
    assertThat(attempts).hasSize(1).allMatch(CompletableFuture::isCancelled);
    checkNothingIsLeft();
  }

  @Test
  void aFailureDuringACancellationIsThatOfTheAttemptThatFailed() {
    List<String> ended = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onAttemptEnded(RetryEvent event, FailedAttempt failed) {
            ended.add(failed.hedge() + " " + event.isHedge() + " " + failed.failure().kind());
          }
        };
    shutdown
        .token()
        .onCancel(() -> attempts.get(1).completeExceptionally(new IOException("closed")));
    CompletableFuture<String> call = call(runtime().listener(listener).build());
    pass(100);
    shutdown.cancel();
    assertThatThrownBy(call::join).isInstanceOf(CancelledException.class);
    assertThat(ended).containsExactly("true true NETWORK", "false false CANCELLED");
    assertThat(attempts.get(0)).isCancelled();
    checkNothingIsLeft();
  }

  @Test
  void aRejectedResultThatEndsACancelledCallIsReportedOnce() {
    List<String> events = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onAttemptEnded(RetryEvent event, FailedAttempt failed) {
            events.add("ended" + (event.isHedge() ? " hedge" : ""));
          }

          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable error) {
            events.add("give up");
          }
        };
    shutdown.token().onCancel(() -> attempts.get(1).complete(""));
    RetryPolicy checked =
        policy().toBuilder()
            .maxRetries(0)
            .check((String result) -> Rejection.of(FailureKind.INVALID_OUTPUT, "empty"))
            .build();
    CompletableFuture<String> call =
        AsyncRetry.call(runtime().listener(listener).build(), checked, this::begin);
    pass(100);
    shutdown.cancel();
    assertThat(call).isCompletedWithValue("");
    assertThat(events).containsExactly("ended hedge", "ended", "give up");
    assertThat(attempts.get(0)).isCancelled();
    checkNothingIsLeft();
  }

  @Test
  void theTimeBeforeAnAttemptHasBegunDoesNotCount() {
    RetryListener slow =
        new RetryListener() {
          @Override
          public void onAttemptStarted(RetryEvent event) {
            if (!event.isHedge()) {
              pass(100);
            }
          }
        };
    call(runtime().listener(slow).build());
    pass(99);
    assertThat(begun).hasSize(1);
    pass(1);
    assertThat(begun).extracting(Attempt::isHedge).containsExactly(false, true);
  }

  @Test
  void aClockThatRejectsTheTimerOfAHedgeDoesNotEndTheCall() {
    var rejecting =
        new ForwardingClock(clock) {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            if (nanos == 100_000_000) {
              throw new RejectedExecutionException("shut down");
            }
            return super.schedule(nanos, action);
          }
        };
    CompletableFuture<String> call =
        call(runtime().clock(rejecting).upstream(Upstream.of("of another clock")).build());
    pass(10_000);
    assertThat(call).isNotDone();
    attempts.get(0).complete("ok");
    assertThat(call).isCompletedWithValue("ok");
    assertThat(attempts).hasSize(1);
  }

  @Test
  void aHedgeThatIsNotMadeCostsNothing() {
    RetryPolicy timed = policy().toBuilder().attemptTimeout(Duration.ofSeconds(1)).build();
    var isRejecting = new boolean[] {true};
    var timers = new int[1];
    var rejecting =
        new ForwardingClock(clock) {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            if (nanos == 1_000_000_000 && timers[0]++ % 2 == 1 && isRejecting[0]) {
              throw new RejectedExecutionException("the time limit of a hedge");
            }
            return super.schedule(nanos, action);
          }
        };
    RetryRuntime runtime =
        runtime().clock(rejecting).upstream(Upstream.of("of another clock")).build();
    for (int i = 0; i < 10; i++) {
      CompletableFuture<String> call = AsyncRetry.call(runtime, timed, this::begin);
      pass(100);
      attempts.get(i).complete("ok");
      assertThat(call).isCompletedWithValue("ok");
    }
    assertThat(begun).hasSize(10);
    isRejecting[0] = false;
    for (int i = 0; i < 5; i++) {
      AsyncRetry.call(runtime, timed, this::begin);
      pass(100);
    }
    assertThat(begun).filteredOn(Attempt::isHedge).hasSize(5);
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

  @Test
  void aStreamOfWhichNothingHasBeenRequestedIsNotHedged() {
    Elements elements = subscribe(policy());
    pass(10_000);
    assertThat(sources).hasSize(1);
    elements.subscription.request(1);
    pass(99);
    assertThat(sources).hasSize(1);
    pass(1);
    assertThat(sources).hasSize(2);
    sources.get(1).emit("text");
    assertThat(elements.received).containsExactly("text");
  }

  /** The timer of the hedge is due at once, while another event of the call is handled. */
  private final class HastyClock extends ForwardingClock {

    private Runnable afterwards = () -> {};

    HastyClock() {
      super(clock);
    }

    @Override
    public Registration schedule(long nanos, Runnable action) {
      if (nanos != 100_000_000 || sources.size() != 1) {
        return super.schedule(nanos, action);
      }
      action.run();
      afterwards.run();
      return () -> {};
    }
  }

  private HastyClock hasty;

  private Elements subscribeInHaste(Executor executor) {
    var elements = new Elements();
    hasty = new HastyClock();
    PublisherRetry.<String>call(
            runtime()
                .clock(hasty)
                .upstream(Upstream.of("of another clock"))
                .executor(executor)
                .build(),
            policy(),
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

  @Test
  void aHedgeThatIsDueWhileAnotherEventIsHandledIsMadeAfterIt() {
    Elements elements = subscribeInHaste(Runnable::run);
    hasty.afterwards = () -> assertThat(sources).hasSize(1);
    elements.subscription.request(1);
    assertThat(sources).hasSize(2);
    sources.get(1).emit("text");
    assertThat(elements.received).containsExactly("text");
  }

  @Test
  void aHedgeThatTheExecutorRejectsLeavesTheDecisionToItsAttempt() {
    var isRejecting = new boolean[1];
    Elements elements =
        subscribeInHaste(
            task -> {
              if (isRejecting[0]) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            });
    var error = new ProviderError(FailureKind.INVALID_REQUEST);
    hasty.afterwards =
        () -> {
          sources.get(0).subscriber.onError(error);
          isRejecting[0] = true;
        };
    elements.subscription.request(1);
    assertThat(begun).hasSize(1);
    assertThat(elements.received).containsExactly(error.toString());
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
