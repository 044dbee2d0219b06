package dev.llmretry.rxjava3;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import io.reactivex.rxjava3.annotations.BackpressureKind;
import io.reactivex.rxjava3.annotations.BackpressureSupport;
import io.reactivex.rxjava3.annotations.CheckReturnValue;
import io.reactivex.rxjava3.annotations.SchedulerSupport;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return RxJava 3 types, without blocking a thread.
 *
 * <pre>{@code
 * Flowable<Chunk> answer =
 *     RxRetry.flowable(runtime, policy, token, attempt -> client.stream(question, attempt.token()));
 * }</pre>
 *
 * <p>The call is made when the returned type is subscribed to, and anew for each subscriber. An
 * attempt makes the call and subscribes to what it returns. It fails if the call throws or returns
 * null, or if an error is signalled before the first element; it is then retried. After the first
 * element, the call is not retried, so no element is repeated. A stream without elements is a
 * result. The returned type
 *
 * <ul>
 *   <li>holds back the policy's {@linkplain RetryPolicy.Builder#preamble preamble} until the first
 *       element of content, or until a stream without content completes. The preamble of a failed
 *       attempt is dropped;
 *   <li>ends with the error of the last attempt, the same object, or with {@link
 *       dev.llmretry.runtime.AttemptTimeoutException}, or with {@link
 *       dev.llmretry.runtime.CancelledException} when the call's token or the runtime's is
 *       cancelled, at any time;
 *   <li>ends the call without a signal when it is disposed of. The attempt in flight is disposed of
 *       and its token cancelled, and a delay ends;
 *   <li>honours backpressure if the type has it: it requests as many elements as its subscriber,
 *       and one more for each that is held back.
 * </ul>
 *
 * <p>Attempt time-outs and the deadline apply until the first element of content, or until
 * completion if there is none. When a limit has passed, the attempt's token is cancelled and the
 * attempt is disposed of.
 *
 * <p>The first attempt is made by the thread that subscribes. Delays, time-outs and later attempts
 * run on {@link io.reactivex.rxjava3.schedulers.Schedulers#computation}, like those of RxJava's own
 * operators; {@code subscribeOn} on the attempt's return value moves it to another scheduler. If
 * the runtime has an {@linkplain RetryRuntime.Builder#executor executor}, later attempts run on
 * that. If it has a {@linkplain RetryRuntime.Builder#clock clock} other than the system's, that
 * clock times delays and time-outs, and later attempts run on the runtime's executor, even if it is
 * the default one.
 *
 * <p>Errors that attempts signal after their end go to {@link RxJavaPlugins#onError}; except a
 * {@link java.util.concurrent.CancellationException} of an attempt that has used its token, which
 * is the expected response to a cancellation. Errors that operators throw instead of signalling
 * them, since RxJava considers them fatal, end the call and are signalled to the subscriber.
 *
 * <p>The methods, and the objects they return, are safe for use by several threads.
 */
public final class RxRetry {

  private RxRetry() {}

  /**
   * Retries a call that returns a flowable.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a flowable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @BackpressureSupport(BackpressureKind.FULL)
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Flowable<T> flowable(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Flowable<? extends T>> call) {
    return retry(runtime, policy, null, call, flowable -> flowable);
  }

  /**
   * Retries a call that returns a flowable, and that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a flowable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @BackpressureSupport(BackpressureKind.FULL)
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Flowable<T> flowable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Flowable<? extends T>> call) {
    return retry(runtime, policy, token, call, flowable -> flowable);
  }

  /**
   * Retries a call that returns an observable.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return an observable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Observable<T> observable(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Observable<? extends T>> call) {
    return RxRetry.<Observable<? extends T>, T>retry(
            runtime, policy, null, call, RxRetry::withoutBackpressure)
        .toObservable();
  }

  /**
   * Retries a call that returns an observable, and that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return an observable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Observable<T> observable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Observable<? extends T>> call) {
    return RxRetry.<Observable<? extends T>, T>retry(
            runtime, policy, token, call, RxRetry::withoutBackpressure)
        .toObservable();
  }

  /**
   * Retries a call that returns a single.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a single that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Single<T> single(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Single<? extends T>> call) {
    return RxRetry.<Single<? extends T>, T>retrySingle(
            runtime, policy, null, call, Single::toFlowable)
        .singleOrError();
  }

  /**
   * Retries a call that returns a single, and that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a single that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Single<T> single(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Single<? extends T>> call) {
    return RxRetry.<Single<? extends T>, T>retrySingle(
            runtime, policy, token, call, Single::toFlowable)
        .singleOrError();
  }

  /**
   * Retries a call that returns a maybe.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a maybe that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Maybe<T> maybe(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Maybe<? extends T>> call) {
    return RxRetry.<Maybe<? extends T>, T>retrySingle(
            runtime, policy, null, call, Maybe::toFlowable)
        .singleElement();
  }

  /**
   * Retries a call that returns a maybe, and that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a maybe that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Maybe<T> maybe(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Maybe<? extends T>> call) {
    return RxRetry.<Maybe<? extends T>, T>retrySingle(
            runtime, policy, token, call, Maybe::toFlowable)
        .singleElement();
  }

  /**
   * Retries a call that returns a completable.
   *
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a completable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static Completable completable(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Completable> call) {
    return retry(runtime, policy, null, call, Completable::toFlowable).ignoreElements();
  }

  /**
   * Retries a call that returns a completable, and that a token cancels.
   *
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a completable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static Completable completable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Completable> call) {
    return retry(runtime, policy, token, call, Completable::toFlowable).ignoreElements();
  }

  /** All types are retried as flowables, and converted by RxJava. */
  private static <R, T> Flowable<T> retry(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends R> call,
      Function<? super R, ? extends Flowable<? extends T>> toFlowable) {
    return RxJavaPlugins.onAssembly(
        new RetryFlowable<R, T>(runtime, policy, token, call, toFlowable, false));
  }

  /** Retries a call with one element at most, which is its result. */
  private static <R, T> Flowable<T> retrySingle(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends R> call,
      Function<? super R, ? extends Flowable<? extends T>> toFlowable) {
    return RxJavaPlugins.onAssembly(
        new RetryFlowable<R, T>(runtime, policy, token, call, toFlowable, true));
  }

  /** The retried observable requests without bounds: there is no backpressure to apply. */
  private static <T> Flowable<T> withoutBackpressure(Observable<T> observable) {
    return observable.toFlowable(BackpressureStrategy.MISSING);
  }
}
