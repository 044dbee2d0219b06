package dev.llmretry.conformance;

import java.util.concurrent.CompletableFuture;

/** A callback that receives elements, errors and the end. */
public interface ElementObserver {

  void onElement(String element);

  void onError(Throwable error);

  void onComplete();

  /** Notifies {@code observer} of the result of a future; of the end only, if that is null. */
  static void observe(CompletableFuture<String> future, ElementObserver observer) {
    var unused =
        future.whenComplete(
            (result, error) -> {
              if (error != null) {
                observer.onError(Delegate.unwrap(error));
                return;
              }
              if (result != null) {
                observer.onElement(result);
              }
              observer.onComplete();
            });
  }

  /** Returns an observer that completes {@code future} with the last element. */
  static ElementObserver completing(CompletableFuture<String> future) {
    return new ElementObserver() {
      private String last;

      @Override
      public void onElement(String element) {
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
    };
  }
}
