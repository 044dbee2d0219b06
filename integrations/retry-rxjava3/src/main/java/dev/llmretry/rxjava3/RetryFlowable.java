package dev.llmretry.rxjava3;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetriedCall;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.async.AsyncCall;
import io.reactivex.rxjava3.core.Flowable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * Makes a retried call for each subscriber.
 *
 * @param <R> what the call returns
 * @param <T> the elements of that
 */
final class RetryFlowable<R, T> extends Flowable<T> {

  final RetryRuntime runtime;
  final RetryPolicy policy;

  /** The call's own token; null if attempts take none. */
  final @Nullable CancellationToken token;

  private final AsyncCall<? extends R> call;
  private final Function<? super R, ? extends Flowable<? extends T>> toFlowable;

  RetryFlowable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends R> call,
      Function<? super R, ? extends Flowable<? extends T>> toFlowable) {
    this.runtime = requireNonNull(runtime, "runtime");
    this.policy = requireNonNull(policy, "policy");
    this.token = token;
    this.call = requireNonNull(call, "call");
    this.toFlowable = toFlowable;
  }

  @Override
  protected void subscribeActual(Subscriber<? super T> subscriber) {
    CancelledException cancelled = RetriedCall.cancelledBefore(runtime, policy, token);
    if (cancelled == null) {
      new RetrySubscription<>(this, subscriber).start();
    } else {
      Flowable.<T>error(cancelled).subscribe(subscriber);
    }
  }

  /**
   * Begins an attempt.
   *
   * @throws Throwable if it fails at once
   */
  Flowable<? extends T> attempt(CancellationToken attempt) throws Throwable {
    R returned = call.call(attempt);
    if (returned == null) {
      throw new NullPointerException(policy.name() + " returned null, which cannot be subscribed");
    }
    Flowable<? extends T> flowable = toFlowable.apply(returned);
    return policy.hasPreamble() ? withPreamble(flowable) : flowable;
  }

  private <E extends T> Flowable<E> withPreamble(Flowable<E> flowable) {
    return flowable.lift(downstream -> new PreambleSubscriber<>(policy, downstream));
  }
}
