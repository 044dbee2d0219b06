package dev.llmretry.reactor;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.internal.stream.StreamAttempt;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Passes the signals of an attempt's publisher to the attempt. */
final class AttemptSubscriber<T> implements CoreSubscriber<T>, Flow.Subscription, Scannable {

  private final StreamAttempt<T> attempt;
  private final CoreSubscriber<? super T> downstream;
  private final boolean single;
  private @Nullable Subscription source;
  private boolean done;

  /**
   * Creates the subscriber of an attempt.
   *
   * @param downstream the subscriber of the call, whose context the attempt sees
   * @param single whether the first element is the result
   */
  AttemptSubscriber(
      StreamAttempt<T> attempt, CoreSubscriber<? super T> downstream, boolean single) {
    this.attempt = attempt;
    this.downstream = downstream;
    this.single = single;
  }

  @Override
  public Context currentContext() {
    return downstream.currentContext();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    if (Operators.validate(source, subscription)) {
      source = subscription;
      attempt.onSubscribe(this);
    }
  }

  @Override
  public void onNext(T element) {
    if (done) {
      Operators.onNextDropped(element, currentContext());
    } else if (single) {
      done = true;
      attempt.onResult(element);
    } else {
      attempt.onNext(element);
    }
  }

  @Override
  public void onError(Throwable error) {
    if (done) {
      Operators.onErrorDropped(error, currentContext());
    } else {
      done = true;
      attempt.onError(error);
    }
  }

  @Override
  public void onComplete() {
    if (!done) {
      done = true;
      attempt.onComplete();
    }
  }

  @Override
  public void request(long elements) {
    requireNonNull(source).request(elements);
  }

  @Override
  public void cancel() {
    requireNonNull(source).cancel();
  }

  @Override
  @SuppressWarnings("rawtypes") // as Reactor declares it
  public @Nullable Object scanUnsafe(Attr key) {
    if (key == Attr.PARENT) {
      return source;
    }
    if (key == Attr.ACTUAL) {
      return downstream;
    }
    return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
  }
}
