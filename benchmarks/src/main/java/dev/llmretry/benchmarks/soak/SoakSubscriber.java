package dev.llmretry.benchmarks.soak;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/** Hears a call out, or cancels it by hand, after which it hears nothing, and counts nothing. */
final class SoakSubscriber implements Subscriber<Call> {

  private enum End {
    HEARD,
    BY_HAND
  }

  private final Call call;
  private final AtomicReference<End> end = new AtomicReference<>();
  private Call element;

  SoakSubscriber(Call call) {
    this.call = call;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    call.stoppableBy(
        () -> {
          if (end.compareAndSet(null, End.BY_HAND)) {
            subscription.cancel();
            call.end(null, new CancellationException("by hand"));
          }
        });
    subscription.request(1);
  }

  @Override
  public void onNext(Call next) {
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

  private void ended(Call result, Throwable error) {
    if (end.compareAndSet(null, End.HEARD) || end.get() == End.HEARD) {
      call.end(result, error);
    }
  }
}
