package dev.llmretry.guava.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Retried futures with listeners, of Guava or of another library that has its own.
 *
 * @param <F> the future of a string, as the library declares it
 */
public abstract class RetriedFutureTest<F extends Future<String>> {

  /**
   * A future that the test completes.
   *
   * @param setter completes it with a result
   * @param failure completes it with an error
   */
  public record Pending<F extends Future<String>>(
      F future, Consumer<String> setter, Consumer<Throwable> failure) {

    public void set(String result) {
      setter.accept(result);
    }

    public void setException(Throwable error) {
      failure.accept(error);
    }

    boolean isCancelled() {
      return future.isCancelled();
    }
  }

  protected static final RetryPolicy POLICY = policy("ask").build();
  private static final RetryPolicy ONE_RETRY = policy("ask").maxRetries(1).build();
  private static final RetryPolicy TIMED =
      policy("ask").maxRetries(1).attemptTimeout(Duration.ofSeconds(1)).build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  protected final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
  private final List<Pending<F>> attempts = new ArrayList<>();
  private final List<CancellationToken> tokens = new ArrayList<>();
  private final CancellationSource source = new CancellationSource();

  /** Retries a call, as the library's users do. */
  protected abstract F call(RetryRuntime runtime, RetryPolicy policy, AsyncCall<F> call);

  /** Likewise, with a token. */
  protected abstract F call(
      RetryRuntime runtime, RetryPolicy policy, CancellationToken token, AsyncCall<F> call);

  protected abstract Pending<F> begin();

  protected abstract F done(String result);

  protected abstract F failed(Throwable error);

  /**
   * Returns a future that is completed with {@code answer} when it is cancelled; never if it is
   * null.
   */
  protected abstract F answering(String answer);

  /** Returns a future of the stripped result, made by the library. */
  protected abstract F strip(F future);

  protected abstract void addListener(F future, Runnable listener, Executor executor);

  private static RetryPolicy.Builder policy(String name) {
    return RetryPolicy.builder(name).retryOn(Overloaded.class);
  }

  /** Makes an attempt that is in flight until the test ends it. */
  private F ask() {
    Pending<F> attempt = begin();
    attempts.add(attempt);
    return attempt.future();
  }

  protected final F ask(CancellationToken token) {
    tokens.add(token);
    return ask();
  }

  private F retried(RetryPolicy policy) {
    return call(runtime, policy, attempt -> ask(attempt.token()));
  }

  private F cancellable(RetryPolicy policy) {
    return call(runtime, policy, source.token(), attempt -> ask(attempt.token()));
  }

  protected final Pending<F> attempt(int number) {
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
    F done = done("answer");
    assertThat(call(runtime, POLICY, attempt -> done)).isSameAs(done);
    assertThat(call(runtime, TIMED, attempt -> done)).isSameAs(done);
    assertThat(call(runtime, TIMED, source.token(), attempt -> done)).isSameAs(done);
    assertThat(call(runtime, POLICY, null, attempt -> done)).isSameAs(done);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aRetriedFutureThatHasItsResultIsReturnedItself() {
    F inner = retried(POLICY);
    attempt(1).set("answer");
    assertThat(call(runtime, POLICY, attempt -> inner)).isSameAs(inner);
  }

  @Test
  void aResultMayBeNull() throws Exception {
    F done = done(null);
    assertThat(call(runtime, POLICY, attempt -> done)).isSameAs(done);
    F future = retried(POLICY);
    attempt(1).set(null);
    assertThat(future.get()).isNull();
  }

  @Test
  void theResultOfAnAttemptInFlightIsAwaited() throws Exception {
    F future = retried(POLICY);
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
    F future = retried(POLICY);
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
    F future =
        call(
            runtime,
            POLICY,
            each -> {
              F attempt = ask();
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
    F future = retried(ONE_RETRY);
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
    F future = retried(POLICY);
    attempt(1).setException(error);
    assertThat(causeOfFailure(future)).isSameAs(error);
    F failed = failed(error);
    assertThat(causeOfFailure(call(runtime, POLICY, attempt -> failed))).isSameAs(error);
  }

  @Test
  void anErrorThatWrapsAnotherStaysWrapped() {
    var error = new CompletionException(new IllegalStateException("broken"));
    F future = retried(POLICY);
    attempt(1).setException(error);
    assertThat(causeOfFailure(future)).isSameAs(error);
  }

  @Test
  void cancelEndsTheWait() {
    F future = retried(POLICY);
    attempt(1).setException(new Overloaded());
    assertThat(clock.scheduledCount()).isOne();
    assertThat(future.cancel(true)).isTrue();
    assertCancelled(future);
    advanceMillis(1_000);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void cancelCancelsTheAttemptInFlight() {
    F future = retried(POLICY);
    attempt(1).setException(new Overloaded());
    advanceMillis(100);
    assertThat(future.cancel(false)).isTrue();
    assertThat(attempt(2).isCancelled()).isTrue();
    assertCancelled(future);
    assertThat(attempts).hasSize(2);
  }

  @Test
  void cancelCancelsTheAttemptsToken() {
    F future = cancellable(TIMED);
    assertThat(tokens.get(0).isCancelled()).isFalse();
    future.cancel(true);
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(attempt(1).isCancelled()).isTrue();
    assertThat(source.isCancelled()).isFalse();
    assertCancelled(future);
  }

  @Test
  void aTokenEndsTheWait() {
    F future = cancellable(POLICY);
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
    F future = cancellable(POLICY);
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
    F future = call(stoppable, POLICY, attempt -> ask(attempt.token()));
    source.cancel();
    assertThat(attempt(1).isCancelled()).isTrue();
    assertCancelled(future);
  }

  @Test
  void whatSomebodyElseCancelsIsNotRetried() {
    F future = retried(POLICY);
    attempt(1).future().cancel(true);
    assertCancelled(future);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void anAttemptThatRunsOutOfTimeIsCancelledAndRetried() {
    F future = retried(TIMED);
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
    F stubborn = answering(null);
    F future = call(runtime, TIMED, attempt -> stubborn);
    advanceMillis(2_100);
    assertThat(causeOfFailure(future)).isInstanceOf(AttemptTimeoutException.class);
    assertThat(stubborn.isDone()).isFalse();
  }

  @Test
  void aResultInAnswerToTheCancellationIsAResult() throws Exception {
    F future = call(runtime, TIMED, attempt -> answering("so far"));
    advanceMillis(1_000);
    assertThat(future.get()).isEqualTo("so far");
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aListenerIsRunOnceTheCallIsOver() {
    var told = new ArrayList<String>();
    F future = retried(POLICY);
    addListener(future, () -> told.add("before"), Runnable::run);
    attempt(1).setException(new Overloaded());
    assertThat(told).isEmpty();
    advanceMillis(100);
    attempt(2).set("answer");
    assertThat(told).containsExactly("before");
    addListener(future, () -> told.add("after"), Runnable::run);
    assertThat(told).containsExactly("before", "after");
  }

  @Test
  void aListenerIsRunByItsExecutor() {
    var tasks = new ArrayList<Runnable>();
    var told = new AtomicBoolean();
    F future = retried(POLICY);
    addListener(future, () -> told.set(true), tasks::add);
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
    F future = retried(POLICY);
    addListener(future, failing, Runnable::run);
    addListener(future, () -> told.set(true), Runnable::run);
    addListener(future, failing, refusing);
    attempt(1).set("answer");
    addListener(future, failing, Runnable::run);
    addListener(future, failing, refusing);
    assertThat(told).isTrue();
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void aListenerAndItsExecutorAreRequired() {
    F future = retried(POLICY);
    assertThatThrownBy(() -> addListener(future, null, Runnable::run))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> addListener(future, () -> {}, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void theLibrarysOwnFunctionsKnowItsFutures() throws Exception {
    var error = new IllegalStateException("broken");
    F future = retried(POLICY);
    F stripped = strip(future);
    attempt(1).setException(error);
    assertThat(causeOfFailure(stripped)).isSameAs(error);

    attempts.clear();
    F other = retried(POLICY);
    strip(other).cancel(true);
    assertThat(attempt(1).isCancelled()).isTrue();
    assertCancelled(other);
  }

  @Test
  void layersAdd() {
    F future =
        call(runtime, POLICY, attempt -> call(runtime, ONE_RETRY, inner -> ask(inner.token())));
    assertRetriedInside(future);
  }

  @Test
  void layersWithATransformationInBetweenAdd() {
    F future =
        call(
            runtime,
            POLICY,
            attempt -> strip(call(runtime, ONE_RETRY, inner -> ask(inner.token()))));
    assertRetriedInside(future);
  }

  @Test
  void anInnerLayerThatHasFailedAlreadyIsNotRetried() {
    F inner = retried(policy("inner").maxRetries(0).build());
    var error = new Overloaded();
    attempt(1).setException(error);
    F future = call(runtime, POLICY, attempt -> inner);
    assertThat(causeOfFailure(future)).isSameAs(error);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  private void assertRetriedInside(F future) {
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
    F future =
        call(runtime, POLICY, attempt -> call(runtime, ONE_RETRY, inner -> ask(inner.token())));
    future.cancel(true);
    assertThat(attempt(1).isCancelled()).isTrue();
    assertCancelled(future);
  }

  @Test
  void nullForAFutureIsThrownOutByName() {
    assertThatThrownBy(() -> call(runtime, TIMED, source.token(), attempt -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("ask returned null instead of a future or publisher");
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void nullForALaterFutureEndsTheCall() {
    F future = call(runtime, POLICY, attempt -> attempts.isEmpty() ? ask() : null);
    attempt(1).setException(new Overloaded());
    advanceMillis(100);
    assertThat(causeOfFailure(future))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("ask returned null instead of a future or publisher");
  }

  @Test
  void whatTheFirstAttemptThrowsIsThrownOn() {
    var error = new Exception("a checked one");
    AsyncCall<F> throwing =
        attempt -> {
          throw error;
        };
    assertThat(catchThrowable(() -> call(runtime, POLICY, throwing))).isSameAs(error);
  }

  @Test
  void whatTheFirstAttemptThrowsIsRetried() throws Exception {
    var thrown = new AtomicBoolean();
    F future =
        call(
            runtime,
            POLICY,
            attempt -> {
              if (thrown.compareAndSet(false, true)) {
                throw new Overloaded();
              }
              return done("answer");
            });
    assertThat(future.isDone()).isFalse();
    advanceMillis(100);
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void anInterruptOfTheCompletingThreadIsLeftAlone() throws Exception {
    F future = retried(POLICY);
    Thread.currentThread().interrupt();
    attempt(1).set("answer");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(future.get()).isEqualTo("answer");
  }

  @Test
  void aFutureTellsItsState() {
    assertThat(retried(POLICY)).asString().startsWith("RetriedFuture[").contains("Not completed");
  }

  @Test
  void aSlowAttemptIsHedged() throws Exception {
    RetryPolicy hedged = policy("ask").hedgeAfter(Duration.ofSeconds(1)).build();
    F answer = retried(hedged);
    clock.advance(Duration.ofSeconds(1));
    attempt(2).set("hedge");
    assertThat(answer.get()).isEqualTo("hedge");
    assertThat(attempts.get(0).isCancelled()).isTrue();
    assertThat(tokens.get(0).isCancelled()).isTrue();
    assertThat(clock.scheduledCount()).isZero();
  }

  private static final class Overloaded extends Exception {
    private static final long serialVersionUID = 1;
  }
}
