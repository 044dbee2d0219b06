package dev.llmretry.rxjava3;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.stream.RetryStream;
import dev.llmretry.runtime.internal.stream.StreamAttempt;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * Makes a retried call for each subscriber.
 *
 * @param <R> the return type of the call
 * @param <T> the elements
 */
final class RetryFlowable<R, T> extends Flowable<T> implements RetryStream.AttemptStarter<T> {

  private final RetryRuntime runtime;
  private final RetryPolicy policy;
  private final @Nullable CancellationToken token;
  private final AsyncCall<? extends R> call;
  private final Function<? super R, ? extends Flowable<? extends T>> toFlowable;
  private final boolean single;

  RetryFlowable(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends R> call,
      Function<? super R, ? extends Flowable<? extends T>> toFlowable,
      boolean single) {
    this.runtime = requireNonNull(runtime, "runtime");
    this.policy = requireNonNull(policy, "policy");
    this.token = token;
    this.call = requireNonNull(call, "call");
    this.toFlowable = toFlowable;
    this.single = single;
  }

  @Override
  protected void subscribeActual(Subscriber<? super T> subscriber) {
    RetryRuntime forCall = CallScheduler.forCall(runtime);
    var stream =
        new RetryStream<T>(
            forCall,
            policy,
            token,
            new RxCallScheduler(forCall),
            this,
            new SubscriberDownstream<>(subscriber));
    stream.start(() -> subscriber.onSubscribe(new RetrySubscription(stream)));
  }

  @Override
  public void start(StreamAttempt<T> attempt) throws Throwable {
    R returned = Results.requireReturned(policy, call.call(attempt));
    if (!attempt.hasEnded()) {
      toFlowable.apply(returned).subscribe(new UpstreamSubscriber<>(attempt, single));
    }
  }

  /**
   * Reports errors as RxJava's operators do, except a cancellation that the attempt's token may
   * have caused.
   */
  @Override
  public void onErrorDropped(StreamAttempt<T> attempt, Throwable error) {
    boolean isExpected = attempt.hasToken() && error instanceof CancellationException;
    if (!isExpected) {
      RxJavaPlugins.onError(error);
    }
  }
}
