package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return publishers, until the first element.
 *
 * <p>The call is made when the publisher that is returned is subscribed to, and anew for each
 * subscriber: a subscription is one retried call. What an attempt throws, returns as null, or
 * signals before its first element of content is retried. After that nothing is; what has been
 * handed on is never repeated. Elements that the policy calls a preamble are held back until the
 * first that is content. The rules of Reactive Streams hold; demand is passed on, and no element is
 * asked for that the subscriber has not, except in place of one that is held back.
 *
 * <p>The first attempt is made by the thread that subscribes, the later ones by the runtime's
 * {@linkplain RetryRuntime#executor executor}. An attempt's time-out, and a deadline, bound what
 * can be retried: the time until the first element of content. A token ends the call whenever it is
 * cancelled, with {@link dev.llmretry.runtime.CancelledException}; to cancel the subscription ends
 * it without a word.
 */
public final class PublisherRetry {

  private PublisherRetry() {}

  /**
   * Retries a call that takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a publisher that makes one retried call for each subscriber
   */
  public static <T> Publisher<T> call(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Publisher<? extends T>> call) {
    return subscriber -> subscribe(runtime, policy, null, call, subscriber);
  }

  /**
   * Retries a call that takes a token: its attempt's own, which is cancelled when the attempt is
   * given up, and cut off from the call's when it is over.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a publisher that makes one retried call for each subscriber
   */
  public static <T> Publisher<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Publisher<? extends T>> call) {
    return subscriber -> subscribe(runtime, policy, token, call, subscriber);
  }

  private static <T> void subscribe(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call,
      Subscriber<? super T> subscriber) {
    PublisherRetry.<T>subscribe(
        runtime,
        policy,
        token,
        subscriber,
        (inlet, attempt) -> {
          Publisher<? extends T> publisher = call.call(attempt);
          if (publisher == null) {
            throw new NullPointerException(policy.name() + " returned null, not a publisher");
          }
          publisher.subscribe(inlet);
        });
  }

  /**
   * Retries a call that is handed a subscriber. It is made at once, and again as long as {@code
   * subscriber} has been handed nothing.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param subscriber hears of the call: its elements, and its end
   * @param call begins an attempt each time it is called
   */
  public static <T> void subscribe(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      Subscriber<? super T> subscriber,
      SubscriberCall<T> call) {
    Objects.requireNonNull(subscriber, "rule 1.9: subscriber");
    StreamCall.Opening<T> opening =
        attempt -> call.call(new Inlet<>(policy, attempt), attempt.token());
    var retried = new StreamCall<T>(runtime, policy, token, opening, new Outlet<>(subscriber));
    retried.start(() -> subscriber.onSubscribe(new Demand(retried)));
  }

  /**
   * A call that is handed a subscriber, made once for each attempt.
   *
   * @param <T> the elements
   */
  @FunctionalInterface
  public interface SubscriberCall<T> {

    /**
     * Begins an attempt.
     *
     * @param subscriber where its elements are to arrive
     * @param attempt the attempt's own token
     * @throws Throwable if it fails at once
     */
    void call(Subscriber<T> subscriber, CancellationToken attempt) throws Throwable;
  }

  private record Demand(StreamCall<?> call) implements Subscription {

    @Override
    public void request(long elements) {
      call.request(elements);
    }

    @Override
    public void cancel() {
      call.cancel();
    }
  }

  private record Outlet<T>(Subscriber<? super T> subscriber) implements StreamOutlet<T> {

    @Override
    public void next(T element) {
      subscriber.onNext(element);
    }

    @Override
    public void completed() {
      subscriber.onComplete();
    }

    @Override
    public void failed(Throwable error) {
      subscriber.onError(error);
    }

    /** Rule 2.13: it counts as having cancelled. */
    @Override
    public boolean hearsOfItsOwnFailure() {
      return false;
    }
  }

  private record Inlet<T>(RetryPolicy policy, StreamCall.Attempt<T> attempt)
      implements Subscriber<T> {

    @Override
    public void onSubscribe(Subscription subscription) {
      if (subscription == null) {
        throw against("rule 2.13: the subscription is null");
      }
      attempt.opened(subscription);
    }

    @Override
    public void onNext(T element) {
      if (element == null) {
        throw against("rule 2.13: the element is null");
      }
      attempt.next(element, policy.isPreamble(element));
    }

    @Override
    public void onError(Throwable error) {
      if (error == null) {
        throw against("rule 2.13: the error is null");
      }
      attempt.failed(error);
    }

    /** Whoever published that may have nobody to catch it, and the subscriber would wait. */
    private NullPointerException against(String rule) {
      var error = new NullPointerException(rule);
      attempt.failed(error);
      return error;
    }

    @Override
    public void onComplete() {
      attempt.completed();
    }
  }
}
