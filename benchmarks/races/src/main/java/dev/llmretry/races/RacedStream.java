package dev.llmretry.races;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A retried stream, its attempts, and the events that may race. */
class RacedStream implements Subscriber<String> {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("raced").maxRetries(3).attemptTimeout(Duration.ofSeconds(1)).build();

  final HandClock clock = new HandClock();
  final CountedToken token = new CountedToken();
  private final Ends ends = new Ends();
  private final Queue<RacedAttempt> attempts = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean signalling = new AtomicBoolean();
  private final AtomicInteger overlaps = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Subscription subscription;
  private final AtomicInteger elements = new AtomicInteger();
  private volatile String last = "nothing";
  private volatile boolean cancelled;

  RacedStream() {
    RetryRuntime runtime =
        RetryRuntime.builder().clock(clock).listener(ends).executor(Runnable::run).build();
    PublisherRetry.<String>subscribe(
        runtime,
        POLICY,
        token,
        this,
        (subscriber, attempt) -> {
          var begun = new RacedAttempt(subscriber);
          attempts.add(begun);
          subscriber.onSubscribe(begun);
        });
  }

  private Subscription subscription() {
    return Objects.requireNonNull(subscription);
  }

  final void request() {
    asked.incrementAndGet();
    subscription().request(1);
  }

  final void cancel() {
    cancelled = true;
    subscription().cancel();
  }

  final void element() {
    attempts.element().subscriber.onNext("element");
  }

  final void complete() {
    attempts.element().over = true;
    attempts.element().subscriber.onComplete();
  }

  final void fail() {
    attempts.element().over = true;
    attempts.element().subscriber.onError(new Overloaded());
  }

  /** Completes what is still open, and returns a description of the outcome. */
  final String end() {
    for (int left = 5; left > 0 && ends.count() == 0; left--) {
      for (RacedAttempt attempt : attempts) {
        if (!attempt.over) {
          attempt.over = true;
          attempt.subscriber.onNext("late");
          attempt.subscriber.onComplete();
        }
      }
      if (ends.count() == 0) {
        clock.fire();
      }
    }
    attempts.removeIf(attempt -> attempt.over);
    if (elements.get() > asked.get() || (last.equals("nothing") && !cancelled)) {
      overlaps.incrementAndGet();
    }
    return String.format(
        "%d %s ends=%d overlaps=%d timers=%d registered=%d open=%d",
        elements.get(),
        last,
        ends.count(),
        overlaps.get(),
        clock.size(),
        token.registered(),
        attempts.size());
  }

  @Override
  public void onSubscribe(Subscription opened) {
    subscription = opened;
  }

  @Override
  public void onNext(String element) {
    enter();
    elements.incrementAndGet();
    leave();
  }

  @Override
  public void onError(Throwable error) {
    end(error instanceof CancelledException ? "cancelled" : "failed");
  }

  @Override
  public void onComplete() {
    end("completed");
  }

  private void end(String how) {
    enter();
    last = last.equals("nothing") ? how : last + "+" + how;
    leave();
  }

  private void enter() {
    if (!signalling.compareAndSet(false, true) || !last.equals("nothing")) {
      overlaps.incrementAndGet();
    }
  }

  private void leave() {
    signalling.set(false);
  }

  private static final class RacedAttempt implements Subscription {

    private final Subscriber<String> subscriber;
    private volatile boolean over;

    RacedAttempt(Subscriber<String> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long more) {}

    @Override
    public void cancel() {
      over = true;
    }
  }

  private static final class Overloaded extends RuntimeException implements LlmFailure {

    private static final long serialVersionUID = 1;

    Overloaded() {
      super("overloaded", null, true, false);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.OVERLOADED;
    }
  }
}
