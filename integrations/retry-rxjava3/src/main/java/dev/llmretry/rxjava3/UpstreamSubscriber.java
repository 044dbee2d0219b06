package dev.llmretry.rxjava3;

import dev.llmretry.runtime.internal.stream.StreamAttempt;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.concurrent.Flow;
import org.reactivestreams.Subscription;

/**
 * Passes the signals of an attempt's upstream to the attempt.
 *
 * @param single whether there is one element at most
 */
record UpstreamSubscriber<T>(StreamAttempt<T> attempt, boolean single)
    implements FlowableSubscriber<T> {

  @Override
  public void onSubscribe(Subscription subscription) {
    attempt.onSubscribe(new UpstreamSubscription(subscription));
  }

  @Override
  public void onNext(T element) {
    if (single) {
      attempt.onResult(element);
    } else {
      attempt.onNext(element);
    }
  }

  @Override
  public void onError(Throwable error) {
    attempt.onError(error);
  }

  @Override
  public void onComplete() {
    attempt.onComplete();
  }

  private record UpstreamSubscription(Subscription upstream) implements Flow.Subscription {

    @Override
    public void request(long n) {
      upstream.request(n);
    }

    @Override
    public void cancel() {
      upstream.cancel();
    }
  }
}
