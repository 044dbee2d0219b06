package dev.llmretry.conformance.async;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes the numbers from 0, as they are requested, on threads of an executor. */
record Numbers(long count, Executor executor) implements Publisher<Long> {

  @Override
  public void subscribe(Subscriber<? super Long> subscriber) {
    var counting = new Counting(this, subscriber);
    subscriber.onSubscribe(counting);
    if (count == 0) {
      counting.request(1);
    }
  }

  /** So many elements at once mean that nothing limits or cancels the demand. */
  private static final int UNBOUNDED = 1_000_000;

  private static final class Counting implements Subscription, Runnable {

    private final Numbers numbers;
    private final Subscriber<? super Long> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private long next;
    private volatile boolean over;

    Counting(Numbers numbers, Subscriber<? super Long> subscriber) {
      this.numbers = numbers;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long elements) {
      long before =
          demand.getAndUpdate(old -> old + elements < 0 ? Long.MAX_VALUE : old + elements);
      if (before == 0) {
        numbers.executor.execute(this);
      }
    }

    @Override
    public void cancel() {
      over = true;
    }

    @Override
    public void run() {
      long emitted = 0;
      long wanted = demand.get();
      while (!over && wanted > 0) {
        while (!over && emitted < wanted && next < numbers.count) {
          subscriber.onNext(next++);
          if (++emitted == UNBOUNDED) {
            over = true;
            subscriber.onError(new AssertionError("nobody stops this"));
          }
        }
        if (next == numbers.count && !over) {
          over = true;
          subscriber.onComplete();
        }
        wanted = demand.addAndGet(-emitted);
        emitted = 0;
      }
    }
  }
}
