package dev.llmretry.reactor;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.stream.Downstream;
import dev.llmretry.runtime.internal.stream.RetryStream;
import dev.llmretry.runtime.internal.stream.StreamAttempt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** One retried call, and the subscription of its subscriber. */
final class RetrySequence<T>
    implements RetryStream.AttemptStarter<T>, Downstream<T>, Subscription, Scannable {

  private final RetryPolicy policy;
  private final AsyncCall<? extends Publisher<? extends T>> call;
  private final boolean single;
  private final CoreSubscriber<? super T> subscriber;
  private final RetryStream<T> stream;

  /** The result of a {@code Mono}, emitted with the completion that follows at once. */
  private @Nullable T result;

  private RetrySequence(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call,
      boolean single,
      CoreSubscriber<? super T> subscriber) {
    this.policy = policy;
    this.call = call;
    this.single = single;
    this.subscriber = subscriber;
    this.stream =
        new RetryStream<>(runtime, policy, token, new ReactorCallScheduler(runtime), this, this);
  }

  /**
   * Returns a sequence that makes a retried call for each subscriber; its first element is the
   * result.
   */
  static <T> Mono<T> single(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call) {
    return Mono.fromDirect(of(runtime, policy, token, call, true));
  }

  /** Returns a sequence that makes a retried call for each subscriber. */
  static <T> Flux<T> many(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call) {
    return Flux.from(of(runtime, policy, token, call, false));
  }

  private static <T> Publisher<T> of(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call,
      boolean single) {
    requireNonNull(runtime, "runtime");
    requireNonNull(policy, "policy");
    requireNonNull(call, "call");
    return subscriber ->
        new RetrySequence<T>(
                CallScheduler.forCall(runtime),
                policy,
                token,
                call,
                single,
                Operators.toCoreSubscriber(subscriber))
            .subscribe();
  }

  private void subscribe() {
    stream.start(() -> subscriber.onSubscribe(this));
  }

  /**
   * Makes an attempt while it is subscribed to, so that Reactor restores thread locals from the
   * context, if it propagates that.
   */
  @Override
  public void start(StreamAttempt<T> attempt) {
    Flux.<T>from(receiver -> begin(attempt, Operators.toCoreSubscriber(receiver)))
        .subscribe(new AttemptSubscriber<>(attempt, subscriber, single));
  }

  private void begin(StreamAttempt<T> attempt, CoreSubscriber<? super T> receiver) {
    Publisher<? extends T> returned;
    try {
      returned = Results.requireReturned(policy, call.call(attempt));
    } catch (Throwable e) {
      Operators.error(receiver, Exceptions.unwrap(e));
      return;
    }
    if (!attempt.hasEnded()) {
      Flux.<T>from(returned).subscribe(receiver); // without the hook for the last operator
    }
  }

  @Override
  public void onElementDropped(T element) {
    Operators.onDiscard(element, subscriber.currentContext());
  }

  @Override
  public void onNext(T element) {
    if (single) {
      result = element;
    } else {
      subscriber.onNext(element);
    }
  }

  @Override
  public void onComplete() {
    T emitted = result;
    result = null;
    if (emitted != null) {
      subscriber.onNext(emitted);
    }
    subscriber.onComplete();
  }

  @Override
  public void onError(Throwable error) {
    subscriber.onError(error);
  }

  /** Operators throw what they consider fatal; the sequence must not remain without an end. */
  @Override
  public boolean receivesOwnFailure() {
    return true;
  }

  @Override
  public void request(long elements) {
    if (Operators.validate(elements)) {
      stream.request(elements);
    }
  }

  @Override
  public void cancel() {
    stream.cancel();
  }

  @Override
  @SuppressWarnings("rawtypes") // as Reactor declares it
  public @Nullable Object scanUnsafe(Attr key) {
    if (key == Attr.ACTUAL) {
      return subscriber;
    }
    return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
  }
}
