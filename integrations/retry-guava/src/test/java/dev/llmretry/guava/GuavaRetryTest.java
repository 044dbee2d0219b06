package dev.llmretry.guava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.AbstractFuture;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GuavaRetryTest {

  private static final RetryPolicy POLICY = policy("ask").build();
  private static final RetryPolicy ONE_RETRY = policy("ask").maxRetries(1).build();
  private static final RetryPolicy TIMED =
      policy("ask").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
  private final List<SettableFuture<String>> attempts = new ArrayList<>();
  private final List<CancellationToken> tokens = new ArrayList<>();
  private final CancellationSource source = new CancellationSource();

  private static RetryPolicy.Builder policy(String name) {
    return RetryPolicy.builder(name).retryOn(Overloaded.class);
  }

  /** An attempt that is in flight until the test ends it. */
  private ListenableFuture<String> ask() {
    SettableFuture<String> future = SettableFuture.create();
    attempts.add(future);
    return future;
  }

  private ListenableFuture<String> ask(CancellationToken token) {
    tokens.add(token);
    return ask();
  }

  private ListenableFuture<String> retried(RetryPolicy policy) {
    return GuavaRetry.call(runtime, policy, attempt -> ask(attempt.token()));
  }

  private ListenableFuture<String> cancellable(RetryPolicy policy) {
    return GuavaRetry.call(runtime, policy, source.token(), attempt -> ask(attempt.token()));
  }

  private SettableFuture<String> attempt(int number) {
    assertThat(attempts).hasSize(number);
    return attempts.get(number - 1);
  }

  private void advanceMillis(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  private static Throwable causeOfFailure(Future<?> future) {
    Throwable thrown = catchThrowable(() -> future.get(0, TimeUnit.SECONDS));
    assertThat(thrown).isExactlyInstanceOf(ExecutionException.class);
    assertThat(catchThrowable(future::get)).hasCause(thrown.getCause());
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isFalse();
    return thrown.getCause();
  }

  private void assertCancelled(Future<?> future) {
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aResultThatIsThereIsReturnedItself() {
    ListenableFuture<String> done = Futures.immediateFuture("answer");
    assertThat(GuavaRetry.<String>call(runtime, POLICY, attempt -> done)).isSameAs(done);
    assertThat(GuavaRetry.<String>call(runtime, TIMED, attempt -> done)).isSameAs(done);
    assertThat(GuavaRetry.<String>call(runtime, TIMED, source.token(), attempt -> done))
        .isSameAs(done);
    assertThat(GuavaRetry.<String>call(runtime, POLICY, null, attempt -> done)).isSameAs(done);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aRetriedFutureThatHasItsResultIsReturnedItself() {
    ListenableFuture<String> inner = retried(POLICY);
    attempt(1).set("answer");
    assertThat(GuavaRetry.<String>call(runtime, POLICY, attempt -> inner)).isSameAs(inner);
  }

  @Test
  void aResultMayBeNull() throws Exception {
    ListenableFuture<String> done = Futures.immediateFuture(null);
    assertThat(GuavaRetry.<String>call(runtime, POLICY, attempt -> done)).isSameAs(done);
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).set(null);
    assertThat(future.get()).isNull();
  }

  @Test
  void theResultOfAnAttemptInFlightIsAwaited() throws Exception {
    ListenableFuture<String> future = retried(POLICY);
    assertThat(future.isDone()).isFalse();
    assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    attempt(1).set("answer");
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.get()).isEqualTo("answer");
    assertThat(future.cancel(true)).isFalse();
  }

  @Test
  void whatFailsIsRetriedAfterTheWait() throws Exception {
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).setException(new Overloaded());
    advanceMillis(99);
    assertThat(attempts).hasSize(1);
    advanceMillis(1);
    attempt(2).setException(new Overloaded());
    advanceMillis(199);
    assertThat(attempts).hasSize(2);
    advanceMillis(1);
    assertThat(future.isDone()).isFalse();
    attempt(3).set("answer");
    assertThat(future.get()).isEqualTo("answer");
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void whatHasFailedOrSucceededAtOnceIsNoDifferent() throws Exception {
    ListenableFuture<String> future =
        GuavaRetry.call(
            runtime,
            POLICY,
            each -> {
              ListenableFuture<String> attempt = ask();
              if (attempts.size() < 3) {
                attempts.get(attempts.size() - 1).setException(new Overloaded());
              } else {
                attempts.get(2).set("answer");
              }
              return attempt;
            });
    advanceMillis(300);
    assertThat(attempts).hasSize(3);
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void theLastErrorIsTheVerySame() {
    ListenableFuture<String> future = retried(ONE_RETRY);
    attempt(1).setException(new Overloaded());
    advanceMillis(100);
    var last = new Overloaded();
    attempt(2).setException(last);
    assertThat(causeOfFailure(future)).isSameAs(last);
    assertThat(RetryTrace.find(last).report().reason()).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
  }

  @Test
  void whatIsNotRetryableFailsAtOnce() {
    var error = new IllegalStateException("broken");
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).setException(error);
    assertThat(causeOfFailure(future)).isSameAs(error);
    ListenableFuture<String> failed = Futures.immediateFailedFuture(error);
    assertThat(causeOfFailure(GuavaRetry.<String>call(runtime, POLICY, attempt -> failed)))
        .isSameAs(error);
  }

  @Test
  void anErrorThatWrapsAnotherStaysWrapped() {
    var error = new CompletionException(new IllegalStateException("broken"));
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).setException(error);
    assertThat(causeOfFailure(future)).isSameAs(error);
  }

  @Test
  void cancelEndsTheWait() {
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).setException(new Overloaded());
    assertThat(clock.scheduledCount()).isOne();
    assertThat(future.cancel(true)).isTrue();
    assertCancelled(future);
    advanceMillis(1_000);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void cancelCancelsTheAttemptInFlight() {
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).setException(new Overloaded());
    advanceMillis(100);
    assertThat(future.cancel(false)).isTrue();
    assertThat(attempt(2).isCancelled()).isTrue();
    assertCancelled(future);
    assertThat(attempts).hasSize(2);
  }

  @Test
  void cancelCancelsTheAttemptsToken() {
    ListenableFuture<String> future = cancellable(TIMED);
    assertThat(tokens.get(0).isCancelled()).isFalse();
    future.cancel(true);
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(attempt(1).isCancelled()).isTrue();
    assertThat(source.isCancelled()).isFalse();
    assertCancelled(future);
  }

  @Test
  void aTokenEndsTheWait() {
    ListenableFuture<String> future = cancellable(POLICY);
    var error = new Overloaded();
    attempt(1).setException(error);
    source.cancel();
    assertCancelled(future);
    assertThatThrownBy(future::get).isInstanceOf(CancelledException.class).hasCause(error);
    assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS))
        .isInstanceOf(CancelledException.class)
        .hasCause(error);
  }

  @Test
  void aTokenCancelsTheAttemptInFlight() {
    ListenableFuture<String> future = cancellable(POLICY);
    source.cancel();
    assertThat(attempt(1).isCancelled()).isTrue();
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertCancelled(future);
  }

  @Test
  void aTokenThatIsCancelledBeforeLeavesNothingToDo() {
    source.cancel();
    assertCancelled(cancellable(POLICY));
    assertThat(attempts).isEmpty();
  }

  @Test
  void theRuntimesTokenCountsToo() {
    RetryRuntime stoppable =
        RetryRuntime.builder().clock(clock).executor(Runnable::run).token(source.token()).build();
    ListenableFuture<String> future =
        GuavaRetry.call(stoppable, POLICY, attempt -> ask(attempt.token()));
    source.cancel();
    assertThat(attempt(1).isCancelled()).isTrue();
    assertCancelled(future);
  }

  @Test
  void whatSomebodyElseCancelsIsNotRetried() {
    ListenableFuture<String> future = retried(POLICY);
    attempt(1).cancel(true);
    assertCancelled(future);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void anAttemptThatRunsOutOfTimeIsCancelledAndRetried() {
    ListenableFuture<String> future = retried(TIMED);
    advanceMillis(1_000);
    assertThat(attempt(1).isCancelled()).isTrue();
    advanceMillis(100);
    advanceMillis(1_000);
    assertThat(attempt(2).isCancelled()).isTrue();
    assertThat(causeOfFailure(future)).isInstanceOf(AttemptTimeoutException.class);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void anAttemptThatCannotBeCancelledIsLeftBehind() {
    var stubborn = new Answering(null);
    ListenableFuture<String> future = GuavaRetry.call(runtime, TIMED, attempt -> stubborn);
    advanceMillis(2_100);
    assertThat(causeOfFailure(future)).isInstanceOf(AttemptTimeoutException.class);
    assertThat(stubborn.isDone()).isFalse();
  }

  @Test
  void aResultInAnswerToTheCancellationIsAResult() throws Exception {
    ListenableFuture<String> future =
        GuavaRetry.call(runtime, TIMED, attempt -> new Answering("so far"));
    advanceMillis(1_000);
    assertThat(future.get()).isEqualTo("so far");
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aListenerIsRunOnceTheCallIsOver() {
    var told = new ArrayList<String>();
    ListenableFuture<String> future = retried(POLICY);
    future.addListener(() -> told.add("before"), Runnable::run);
    attempt(1).setException(new Overloaded());
    assertThat(told).isEmpty();
    advanceMillis(100);
    attempt(2).set("answer");
    assertThat(told).containsExactly("before");
    future.addListener(() -> told.add("after"), Runnable::run);
    assertThat(told).containsExactly("before", "after");
  }

  @Test
  void aListenerIsRunByItsExecutor() {
    var tasks = new ArrayList<Runnable>();
    var told = new AtomicBoolean();
    ListenableFuture<String> future = retried(POLICY);
    future.addListener(() -> told.set(true), tasks::add);
    future.cancel(true);
    assertThat(told).isFalse();
    assertThat(tasks).hasSize(1);
    tasks.get(0).run();
    assertThat(told).isTrue();
  }

  @Test
  void whatAListenerOrItsExecutorThrowsHarmsNobody() throws Exception {
    Runnable failing =
        () -> {
          throw new IllegalStateException("a listener that fails; its warning is expected");
        };
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("an executor that refuses; its warning is expected");
        };
    var told = new AtomicBoolean();
    ListenableFuture<String> future = retried(POLICY);
    future.addListener(failing, Runnable::run);
    future.addListener(() -> told.set(true), Runnable::run);
    future.addListener(failing, refusing);
    attempt(1).set("answer");
    future.addListener(failing, Runnable::run);
    future.addListener(failing, refusing);
    assertThat(told).isTrue();
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void aListenerAndItsExecutorAreRequired() {
    ListenableFuture<String> future = retried(POLICY);
    assertThatThrownBy(() -> future.addListener(null, Runnable::run))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> future.addListener(() -> {}, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void theLibrarysOwnFunctionsKnowItsFutures() throws Exception {
    var error = new IllegalStateException("broken");
    ListenableFuture<String> future = retried(POLICY);
    ListenableFuture<Integer> length = Futures.transform(future, String::length, Runnable::run);
    attempt(1).setException(error);
    assertThat(causeOfFailure(length)).isSameAs(error);

    attempts.clear();
    ListenableFuture<String> other = retried(POLICY);
    ListenableFuture<Integer> otherLength = Futures.transform(other, String::length, Runnable::run);
    otherLength.cancel(true);
    assertThat(attempt(1).isCancelled()).isTrue();
    assertCancelled(other);
  }

  @Test
  void layersAdd() {
    ListenableFuture<String> future =
        GuavaRetry.call(
            runtime,
            POLICY,
            attempt -> GuavaRetry.<String>call(runtime, ONE_RETRY, inner -> ask(inner.token())));
    assertRetriedInside(future);
  }

  @Test
  void layersWithATransformationInBetweenAdd() {
    ListenableFuture<String> future =
        GuavaRetry.call(
            runtime,
            POLICY,
            attempt ->
                Futures.transform(
                    GuavaRetry.<String>call(runtime, ONE_RETRY, inner -> ask(inner.token())),
                    String::strip,
                    Runnable::run));
    assertRetriedInside(future);
  }

  @Test
  void anInnerLayerThatHasFailedAlreadyIsNotRetried() {
    ListenableFuture<String> inner = retried(policy("inner").maxRetries(0).build());
    var error = new Overloaded();
    attempt(1).setException(error);
    ListenableFuture<String> future = GuavaRetry.call(runtime, POLICY, attempt -> inner);
    assertThat(causeOfFailure(future)).isSameAs(error);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  private void assertRetriedInside(ListenableFuture<String> future) {
    attempt(1).setException(new Overloaded());
    advanceMillis(100);
    var error = new Overloaded();
    attempt(2).setException(error);
    advanceMillis(10_000);
    assertThat(attempts).hasSize(2);
    assertThat(causeOfFailure(future)).isSameAs(error);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  @Test
  void cancelReachesThroughLayers() {
    ListenableFuture<String> future =
        GuavaRetry.call(
            runtime,
            POLICY,
            attempt -> GuavaRetry.<String>call(runtime, ONE_RETRY, inner -> ask(inner.token())));
    future.cancel(true);
    assertThat(attempt(1).isCancelled()).isTrue();
    assertCancelled(future);
  }

  @Test
  void nullForAFutureIsThrownOutByName() {
    assertThatThrownBy(
            () -> GuavaRetry.<String>call(runtime, TIMED, source.token(), attempt -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("ask returned null instead of a future or publisher");
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void nullForALaterFutureEndsTheCall() {
    ListenableFuture<String> future =
        GuavaRetry.call(runtime, POLICY, attempt -> attempts.isEmpty() ? ask() : null);
    attempt(1).setException(new Overloaded());
    advanceMillis(100);
    assertThat(causeOfFailure(future))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("ask returned null instead of a future or publisher");
  }

  @Test
  void whatTheFirstAttemptThrowsIsThrownOn() {
    var error = new Exception("a checked one");
    AsyncCall<ListenableFuture<String>> call =
        attempt -> {
          throw error;
        };
    assertThat(catchThrowable(() -> GuavaRetry.<String>call(runtime, POLICY, call)))
        .isSameAs(error);
  }

  @Test
  void whatTheFirstAttemptThrowsIsRetried() throws Exception {
    var thrown = new AtomicBoolean();
    ListenableFuture<String> future =
        GuavaRetry.call(
            runtime,
            POLICY,
            attempt -> {
              if (thrown.compareAndSet(false, true)) {
                throw new Overloaded();
              }
              return Futures.immediateFuture("answer");
            });
    assertThat(future.isDone()).isFalse();
    advanceMillis(100);
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void anInterruptOfTheCompletingThreadIsLeftAlone() throws Exception {
    ListenableFuture<String> future = retried(POLICY);
    Thread.currentThread().interrupt();
    attempt(1).set("answer");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void aFutureOfASubtypeWillDo() throws Exception {
    ListenableFuture<CharSequence> future =
        GuavaRetry.<CharSequence>call(runtime, POLICY, attempt -> ask(attempt.token()));
    attempt(1).set("answer");
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void aFutureTellsItsState() {
    assertThat(retried(POLICY)).asString().startsWith("RetriedFuture[").contains("Not completed");
  }

  private static final class Overloaded extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Answers a cancellation with a result; without one, it is not to be cancelled. */
  private static final class Answering extends AbstractFuture<String> {

    private final String answer;

    Answering(String answer) {
      this.answer = answer;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      if (answer != null) {
        set(answer);
      }
      return false;
    }
  }

  @Test
  void aSlowAttemptIsHedged() throws Exception {
    RetryPolicy hedged = policy("ask").hedgeAfter(Duration.ofSeconds(1)).build();
    ListenableFuture<String> answer = retried(hedged);
    clock.advance(Duration.ofSeconds(1));
    attempt(2).set("hedge");
    assertThat(answer.get()).isEqualTo("hedge");
    assertThat(attempts.get(0).isCancelled()).isTrue();
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(clock.scheduledCount()).isZero();
  }
}
