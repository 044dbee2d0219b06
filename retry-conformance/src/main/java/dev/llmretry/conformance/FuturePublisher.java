package dev.llmretry.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;

/**
 * Publishes the result of a future, and nothing for null; the future is created at the
 * subscription.
 */
public record FuturePublisher(Supplier<CompletableFuture<String>> begin)
    implements Publisher<String> {

  @Override
  public void subscribe(Subscriber<? super String> subscriber) {
    CompletableFuture<String> future = begin.get();
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long elements) {
            var unused = future.whenComplete((result, error) -> publish(subscriber, result, error));
          }

          @Override
          public void cancel() {
            future.cancel(true);
          }
        });
  }

  private static void publish(
      Subscriber<? super String> subscriber, String result, Throwable error) {
    if (error == null) {
      if (result != null) {
        subscriber.onNext(result);
      }
      subscriber.onComplete();
    } else {
      subscriber.onError(Delegate.unwrap(error));
    }
  }

  /** Subscribes to {@code publisher}, and returns the future of its last element. */
  public static CompletableFuture<String> last(Publisher<String> publisher) {
    var future = new CompletableFuture<String>();
    publisher.subscribe(
        new Subscriber<>() {
          private String last;

          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(String element) {
            last = element;
          }

          @Override
          public void onError(Throwable error) {
            future.completeExceptionally(error);
          }

          @Override
          public void onComplete() {
            future.complete(last);
          }
        });
    return future;
  }
}
