package dev.llmretry.rxjava3;

import dev.llmretry.runtime.internal.stream.Downstream;
import org.reactivestreams.Subscriber;

/** Passes the signals of a retried stream to its subscriber. */
record SubscriberDownstream<T>(Subscriber<? super T> subscriber) implements Downstream<T> {

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

  /** Operators throw what they consider fatal; the stream must not go on without an end. */
  @Override
  public boolean receivesOwnFailure() {
    return true;
  }
}
