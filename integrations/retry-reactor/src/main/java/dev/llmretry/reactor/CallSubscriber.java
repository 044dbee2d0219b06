package dev.llmretry.reactor;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Passes the signals of a retried call to its subscriber, and observes its end. */
final class CallSubscriber<T> implements CoreSubscriber<T>, Subscription, Scannable {

  private final CoreSubscriber<? super T> actual;
  private final RetryExecution execution;
  private final SerialExecution events;
  private final CancellationSource end;
  private final boolean single;
  private Subscription upstream = Operators.emptySubscription();

  /**
   * Creates a subscriber.
   *
   * @param end cancels the delay or the attempt in flight; detached when the call ends
   * @param single whether the first element is the result
   */
  CallSubscriber(
      CoreSubscriber<? super T> actual,
      RetryExecution execution,
      SerialExecution events,
      CancellationSource end,
      boolean single) {
    this.actual = actual;
    this.execution = execution;
    this.events = events;
    this.end = end;
    this.single = single;
  }

  @Override
  public Context currentContext() {
    return actual.currentContext();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    actual.onSubscribe(this);
  }

  @Override
  public void onNext(T element) {
    if (single) {
      events.onSuccess();
    }
    actual.onNext(element);
  }

  @Override
  public void onComplete() {
    end.detach();
    events.onSuccess();
    actual.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    end.detach();
    execution.withTerminalError(() -> actual.onError(error));
  }

  @Override
  public void request(long elements) {
    upstream.request(elements);
  }

  /**
   * Also ends the delay or attempt in flight: a Reactor operator may miss a cancellation while it
   * is receiving its next subscription.
   */
  @Override
  public void cancel() {
    upstream.cancel();
    events.onSubscriberCancelled();
    end.cancel();
  }

  @Override
  @SuppressWarnings("rawtypes") // as Reactor declares it
  public @Nullable Object scanUnsafe(Attr key) {
    if (key == Attr.PARENT) {
      return upstream;
    }
    if (key == Attr.ACTUAL) {
      return actual;
    }
    return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
  }
}
