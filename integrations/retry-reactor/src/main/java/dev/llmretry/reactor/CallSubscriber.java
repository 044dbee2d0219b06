package dev.llmretry.reactor;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.RetriedCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Stands between a retried call and its subscriber, and sees how it ends. */
final class CallSubscriber<T> implements CoreSubscriber<T>, Subscription, Scannable {

  private final CoreSubscriber<? super T> actual;
  private final RetriedCall call;
  private final CallInTurn turns;
  private final CancellationSource end;
  private final boolean single;
  private Subscription upstream = Operators.emptySubscription();

  /**
   * Makes a subscriber.
   *
   * @param end cancels whatever is going on; let go of when the call is over
   * @param single whether the first element is all there is to come
   */
  CallSubscriber(
      CoreSubscriber<? super T> actual,
      RetriedCall call,
      CallInTurn turns,
      CancellationSource end,
      boolean single) {
    this.actual = actual;
    this.call = call;
    this.turns = turns;
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
      turns.succeeded();
    }
    actual.onNext(element);
  }

  @Override
  public void onComplete() {
    end.detach();
    turns.succeeded();
    actual.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    end.detach();
    call.deliver(() -> actual.onError(error));
  }

  @Override
  public void request(long elements) {
    upstream.request(elements);
  }

  /**
   * An operator of Reactor that is just being handed its next subscription may miss that it is
   * cancelled. What it would leave behind, a wait or an attempt, is ended here.
   */
  @Override
  public void cancel() {
    upstream.cancel();
    turns.cancelled();
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
