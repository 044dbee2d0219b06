package dev.llmretry.rxjava3;

import dev.llmretry.runtime.RetryPolicy;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Holds back what precedes the content of a stream until that begins, or until the stream completes
 * without any; where the stream fails first, that is dropped.
 *
 * <p>For each element that is held back another one is asked for, lest a stream that is read one by
 * one come to a halt. These are taken off what is asked for later, so that no more than the
 * preamble ever waits here.
 */
final class PreambleSubscriber<T> implements FlowableSubscriber<T>, Subscription {

  private final RetryPolicy policy;
  private final Subscriber<? super T> downstream;
  private final Queue<T> queue = new ConcurrentLinkedQueue<>();

  /** What downstream has asked for and not got. */
  private final AtomicLong demand = new AtomicLong();

  /** How much more has been asked for upstream than downstream. */
  private final AtomicLong advance = new AtomicLong();

  private final AtomicInteger drains = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // by onSubscribe
  private Subscription upstream;

  private @Nullable Throwable error;
  private volatile boolean released;
  private volatile boolean done;
  private volatile boolean cancelled;

  PreambleSubscriber(RetryPolicy policy, Subscriber<? super T> downstream) {
    this.policy = policy;
    this.downstream = downstream;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    downstream.onSubscribe(this);
  }

  @Override
  public void onNext(T element) {
    if (!released && policy.isPreamble(element)) {
      queue.add(element);
      advance.incrementAndGet();
      upstream.request(1);
    } else {
      queue.add(element);
      released = true;
      drain();
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!released) {
      queue.clear();
    }
    error = failure;
    end();
  }

  @Override
  public void onComplete() {
    end();
  }

  private void end() {
    done = true;
    released = true;
    drain();
  }

  @Override
  public void request(long n) {
    if (Demand.add(demand, n)) {
      long settled = Math.min(n, advance.getAndUpdate(owed -> Math.max(0, owed - n)));
      if (settled < n) {
        upstream.request(n - settled);
      }
      drain();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    upstream.cancel();
    drain();
  }

  private void drain() {
    if (drains.getAndIncrement() != 0) {
      return;
    }
    int missed = 1;
    while (missed != 0) {
      if (released) {
        emit();
      }
      if (cancelled) {
        queue.clear();
      }
      missed = drains.addAndGet(-missed);
    }
  }

  private void emit() {
    long wanted = demand.get();
    long emitted = 0;
    while (emitted != wanted && !cancelled) {
      T element = queue.poll();
      if (element == null) {
        break;
      }
      downstream.onNext(element);
      emitted++;
    }
    if (wanted != Long.MAX_VALUE) {
      demand.addAndGet(-emitted);
    }
    if (!cancelled && done && queue.isEmpty()) {
      cancelled = true; // nothing follows
      if (error == null) {
        downstream.onComplete();
      } else {
        downstream.onError(error);
      }
    }
  }
}
