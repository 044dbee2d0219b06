package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.stream.Downstream;
import dev.llmretry.runtime.internal.stream.RetryStream;
import dev.llmretry.runtime.internal.stream.StreamAttempt;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return publishers, until the first element.
 *
 * <p>The call is made when the returned publisher is subscribed to, and anew for each subscriber: a
 * subscription is one retried call. An attempt fails if it throws, returns null, or signals an
 * error before its first element of content; it is then retried. After that element, the call is
 * not retried, so no element is repeated. Elements of the {@linkplain RetryPolicy.Builder#preamble
 * preamble} are held back until the first element of content. Demand is passed to the publisher of
 * the attempt as Reactive Streams requires; one more element is requested for each that is held
 * back.
 *
 * <p>The first attempt is made by the thread that subscribes, later ones by the runtime's
 * {@linkplain RetryRuntime.Builder#executor executor}. Attempt time-outs and the deadline apply
 * until the first element of content. When a token is cancelled, the call ends with {@link
 * CancelledException}; cancelling the subscription ends it without a signal.
 *
 * <p>The methods, and the publishers they return, are safe for use by several threads.
 */
public final class PublisherRetry {

  private PublisherRetry() {}

  /**
   * Retries a call.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a publisher that makes one retried call for each subscriber
   */
  public static <T> Publisher<T> call(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Publisher<? extends T>> call) {
    return call(runtime, policy, null, call);
  }

  /**
   * Retries a call that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a publisher that makes one retried call for each subscriber
   */
  public static <T> Publisher<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call) {
    return subscriber ->
        PublisherRetry.<T>subscribe(
            runtime,
            policy,
            token,
            subscriber,
            (receiver, attempt) ->
                Results.requireReturned(policy, call.call(attempt)).subscribe(receiver));
  }

  /**
   * Retries a call that is passed a subscriber. The first attempt is made at once. The call is
   * retried until {@code subscriber} has received content.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param subscriber receives the elements and the terminal signal
   * @param call begins an attempt each time it is called
   */
  public static <T> void subscribe(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      Subscriber<? super T> subscriber,
      SubscriberCall<T> call) {
    Objects.requireNonNull(subscriber, "rule 1.9: subscriber");
    RetryRuntime forCall = CallScheduler.forCall(runtime);
    var stream =
        new RetryStream<T>(
            forCall,
            policy,
            token,
            new CallScheduler(forCall),
            attempt -> call.call(new UpstreamSubscriber<>(attempt), attempt),
            new SubscriberDownstream<>(subscriber));
    stream.start(() -> subscriber.onSubscribe(stream));
  }

  /**
   * A call that is passed a subscriber, made once for each attempt.
   *
   * @param <T> the elements
   */
  @FunctionalInterface
  public interface SubscriberCall<T> {

    /**
     * Begins an attempt.
     *
     * @param subscriber receives the attempt's elements and its end
     * @param attempt the attempt
     * @throws Throwable if the attempt fails at once
     */
    void call(Subscriber<T> subscriber, Attempt attempt) throws Throwable;
  }

  /** Rule 2.13: a subscriber that throws counts as having cancelled. */
  private record SubscriberDownstream<T>(Subscriber<? super T> subscriber)
      implements Downstream<T> {

    @Override
    public void onNext(T element) {
      subscriber.onNext(element);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }

    @Override
    public void onError(Throwable error) {
      subscriber.onError(error);
    }
  }

  private record UpstreamSubscriber<T>(StreamAttempt<T> attempt) implements Subscriber<T> {

    @Override
    public void onSubscribe(Subscription subscription) {
      attempt.onSubscribe(requireSignalled(subscription, "subscription"));
    }

    @Override
    public void onNext(T element) {
      requireSignalled(element, "element");
      attempt.onNext(element);
    }

    @Override
    public void onError(Throwable error) {
      attempt.onError(requireSignalled(error, "error"));
    }

    @Override
    public void onComplete() {
      attempt.onComplete();
    }

    /** Also fails the attempt, since the publisher may drop the exception that this throws. */
    private <S> S requireSignalled(@Nullable S signalled, String what) {
      if (signalled == null) {
        var error = new NullPointerException("rule 2.13: the " + what + " is null");
        attempt.onError(error);
        throw error;
      }
      return signalled;
    }
  }
}
