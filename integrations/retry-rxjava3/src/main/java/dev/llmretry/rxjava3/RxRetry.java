package dev.llmretry.rxjava3;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.async.AsyncCall;
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
 *     RxRetry.flowable(runtime, policy, token, attempt -> client.stream(question, attempt));
 * }</pre>
 *
 * <p>Nothing happens before there is a subscriber, and each subscriber's call is its own. An
 * attempt makes the call and subscribes to what it returns. What the call throws instead, checked
 * or not, is a failure of the attempt, and so is null. What is returned here:
 *
 * <ul>
 *   <li>signals the elements of one attempt only. Before its first element an attempt can fail and
 *       be retried; what has been handed on is never repeated, so from then on an error ends the
 *       call. The policy's {@linkplain RetryPolicy.Builder#preamble preamble} is held back until
 *       the first element that is content, and dropped with a failed attempt. An empty stream is a
 *       result, and so is one of preamble only;
 *   <li>ends with the error of the last attempt, the very same object, or with {@link
 *       dev.llmretry.runtime.CancelledException}, or with {@link
 *       dev.llmretry.runtime.AttemptTimeoutException};
 *   <li>ends the call when it is disposed of: a wait is not continued, and an attempt in flight is
 *       disposed of, its token cancelled. So it does when the call's token or the runtime's is
 *       cancelled, at any time, and then signals {@code CancelledException};
 *   <li>honours backpressure, where there is any: it asks for what its subscriber does, and one
 *       more for each element that is held back.
 * </ul>
 *
 * <p>Where the policy has a time-out or a deadline, that bounds an attempt up to its first element,
 * or, without one, its completion. When the time is up, the attempt's token is cancelled, and the
 * attempt is disposed of.
 *
 * <p>The first attempt is made by the thread that subscribes. Waits, time-outs and the later
 * attempts run on {@link io.reactivex.rxjava3.schedulers.Schedulers#computation}, like those of
 * RxJava's own operators; {@code subscribeOn}, on what the call returns, moves an attempt
 * elsewhere. With a runtime that has an {@linkplain RetryRuntime.Builder#executor executor} of its
 * own, the later attempts run on that. With one that has a {@linkplain RetryRuntime.Builder#clock
 * clock} of its own, that clock does the waiting, and the later attempts run on the runtime's
 * executor, whichever it is.
 *
 * <p>An error that comes when the call is over goes to {@link RxJavaPlugins#onError}, unless it
 * says that an attempt with a token has been cancelled: that is what it was asked to do.
 *
 * <p>All methods, and what they return, are safe for use by several threads.
 */
public final class RxRetry {

  private RxRetry() {}

  /**
   * Retries a call that returns a flowable and takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
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
   * Retries a call that returns a flowable and takes a token: its attempt's own, which is cancelled
   * when the attempt is given up.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return a flowable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @BackpressureSupport(BackpressureKind.FULL)
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Flowable<T> flowable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Flowable<? extends T>> call) {
    return retry(runtime, policy, orNone(token), call, flowable -> flowable);
  }

  /**
   * Retries a call that returns an observable and takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
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
   * Retries a call that returns an observable and takes a token: its attempt's own, which is
   * cancelled when the attempt is given up.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return an observable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Observable<T> observable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Observable<? extends T>> call) {
    return RxRetry.<Observable<? extends T>, T>retry(
            runtime, policy, orNone(token), call, RxRetry::withoutBackpressure)
        .toObservable();
  }

  /**
   * Retries a call that returns a single and takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return a single that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Single<T> single(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Single<? extends T>> call) {
    return RxRetry.<Single<? extends T>, T>retry(runtime, policy, null, call, Single::toFlowable)
        .singleOrError();
  }

  /**
   * Retries a call that returns a single and takes a token: its attempt's own, which is cancelled
   * when the attempt is given up.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return a single that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Single<T> single(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Single<? extends T>> call) {
    return RxRetry.<Single<? extends T>, T>retry(
            runtime, policy, orNone(token), call, Single::toFlowable)
        .singleOrError();
  }

  /**
   * Retries a call that returns a maybe and takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return a maybe that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Maybe<T> maybe(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Maybe<? extends T>> call) {
    return RxRetry.<Maybe<? extends T>, T>retry(runtime, policy, null, call, Maybe::toFlowable)
        .singleElement();
  }

  /**
   * Retries a call that returns a maybe and takes a token: its attempt's own, which is cancelled
   * when the attempt is given up.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return a maybe that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static <T> Maybe<T> maybe(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Maybe<? extends T>> call) {
    return RxRetry.<Maybe<? extends T>, T>retry(
            runtime, policy, orNone(token), call, Maybe::toFlowable)
        .singleElement();
  }

  /**
   * Retries a call that returns a completable and takes no token.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return a completable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static Completable completable(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Completable> call) {
    return retry(runtime, policy, null, call, Completable::toFlowable).ignoreElements();
  }

  /**
   * Retries a call that returns a completable and takes a token: its attempt's own, which is
   * cancelled when the attempt is given up.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return a completable that makes one retried call for each subscriber
   */
  @CheckReturnValue
  @SchedulerSupport(SchedulerSupport.COMPUTATION)
  public static Completable completable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Completable> call) {
    return retry(runtime, policy, orNone(token), call, Completable::toFlowable).ignoreElements();
  }

  /** All types are retried as flowables: RxJava's own conversions keep what they promise. */
  private static <R, T> Flowable<T> retry(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends R> call,
      Function<? super R, ? extends Flowable<? extends T>> toFlowable) {
    return RxJavaPlugins.onAssembly(
        new RetryFlowable<R, T>(runtime, policy, token, call, toFlowable));
  }

  /** It is asked for everything, so that there is nothing to do about backpressure. */
  private static <T> Flowable<T> withoutBackpressure(Observable<T> observable) {
    return observable.toFlowable(BackpressureStrategy.MISSING);
  }

  private static CancellationToken orNone(@Nullable CancellationToken token) {
    return token == null ? CancellationToken.none() : token;
  }
}
