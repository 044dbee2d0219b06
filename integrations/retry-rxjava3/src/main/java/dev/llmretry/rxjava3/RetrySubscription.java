package dev.llmretry.rxjava3;

import dev.llmretry.runtime.internal.stream.RetryStream;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import org.reactivestreams.Subscription;

/** The subscription of the subscriber to a retried call. */
record RetrySubscription(RetryStream<?> stream) implements Subscription {

  /** Reports and ignores requests that are not positive, as RxJava's operators do. */
  @Override
  public void request(long n) {
    if (n > 0) {
      stream.request(n);
    } else {
      RxJavaPlugins.onError(new IllegalArgumentException("n > 0 required but it was " + n));
    }
  }

  @Override
  public void cancel() {
    stream.cancel();
  }
}
