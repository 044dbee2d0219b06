package dev.llmretry.runtime.async;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes the numbers from 0, as they are asked for, on threads of an executor. */
record Numbers(long count, Executor executor) implements Publisher<Long> {

  @Override
  public void subscribe(Subscriber<? super Long> subscriber) {
    var counting = new Counting(this, subscriber);
    subscriber.onSubscribe(counting);
    if (count == 0) {
      counting.request(1);
    }
  }

  /** So many in one go: nobody hears them, or nobody can stop them. */
  private static final int UNHEARD = 1_000_000;

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
      long handedOn = 0;
      long wanted = demand.get();
      while (!over && wanted > 0) {
        while (!over && handedOn < wanted && next < numbers.count) {
          subscriber.onNext(next++);
          if (++handedOn == UNHEARD) {
            over = true;
            subscriber.onError(new AssertionError("nobody stops this"));
          }
        }
        if (next == numbers.count && !over) {
          over = true;
          subscriber.onComplete();
        }
        wanted = demand.addAndGet(-handedOn);
        handedOn = 0;
      }
    }
  }
}
