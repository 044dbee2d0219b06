package dev.llmretry.benchmarks.soak;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/** Receives the result of a call, or cancels the call; what it receives after that is ignored. */
final class SoakSubscriber implements Subscriber<Answer> {

  private enum End {
    RECEIVED,
    CANCELLED
  }

  private final Call call;
  private final AtomicReference<End> end = new AtomicReference<>();
  private Answer element;

  SoakSubscriber(Call call) {
    this.call = call;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    call.setCanceller(
        () -> {
          if (end.compareAndSet(null, End.CANCELLED)) {
            subscription.cancel();
            call.end(null, new CancellationException("by the caller"));
          }
        });
    subscription.request(1);
  }

  @Override
  public void onNext(Answer next) {
    if (element != null) {
      call.end(null, new IllegalStateException("a second element"));
    }
    element = next;
  }

  @Override
  public void onError(Throwable error) {
    ended(null, error);
  }

  @Override
  public void onComplete() {
    ended(element, null);
  }

  private void ended(Answer result, Throwable error) {
    if (end.compareAndSet(null, End.RECEIVED) || end.get() == End.RECEIVED) {
      call.end(result, error);
    }
  }
}
