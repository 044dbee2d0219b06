package dev.llmretry.reactor;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetriedCall;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.async.AsyncCall;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.retry.Retry;

/**
 * One retried call, put together from Reactor's operators: attempts, and between them a companion
 * that decides and waits.
 *
 * <p>Whatever ends an attempt, be it its own error, its time-out or a token, reaches the companion
 * as one error, after Reactor has settled which came first. So all of it happens in turn, except
 * that the subscriber may cancel, for which there is {@link CallInTurn}.
 */
final class RetriedSequence<T> {

  private final RetryPolicy policy;
  private final AsyncCall<? extends Publisher<? extends T>> opening;
  private final boolean single;
  private final RetriedCall call;
  private final CallInTurn turns;
  private final Timing timing;

  /** Cancelled with the call, and by a subscriber that cancels. */
  private final CancellationSource end;

  private final Mono<Void> cancellation;
  private boolean delivered;
  private boolean nested;

  private RetriedSequence(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> opening,
      boolean single) {
    this.policy = policy;
    this.opening = opening;
    this.single = single;
    this.call = new RetriedCall(runtime, policy, token);
    this.turns = new CallInTurn(call);
    this.timing = new Timing(runtime.forCall());
    this.end = CancellationSource.childOf(call.token());
    this.cancellation =
        Mono.create(sink -> sink.onDispose(end.token().onCancel(sink::success)::close));
  }

  /** Returns what makes a retried call for each subscriber, whose first element is its result. */
  static <T> Mono<T> single(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> opening) {
    return Mono.fromDirect(of(runtime, policy, token, opening, true));
  }

  /** Returns what makes a retried call for each subscriber. */
  static <T> Flux<T> many(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> opening) {
    return of(runtime, policy, token, opening, false);
  }

  private static <T> Flux<T> of(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> opening,
      boolean single) {
    requireNonNull(runtime, "runtime");
    requireNonNull(policy, "policy");
    requireNonNull(opening, "call");
    return Flux.defer(
        () -> {
          CancelledException cancelled = RetriedCall.cancelledBefore(runtime, policy, token);
          return cancelled == null
              ? new RetriedSequence<T>(runtime, policy, token, opening, single).retried()
              : Flux.error(cancelled);
        });
  }

  private Flux<T> retried() {
    return Flux.defer(this::attempt)
        .takeUntilOther(cancellation.then(Mono.error(Stopped::new)))
        .retryWhen(
            Retry.from(
                failures -> failures.concatMap(failure -> retry(failure.failure())).onErrorStop()))
        .transform(
            Operators.<T, T>lift(
                (scannable, actual) -> new CallSubscriber<>(actual, call, turns, end, single)));
  }

  /** Makes an attempt, which is abandoned by cancelling its subscription. */
  private Flux<T> attempt() {
    nested = false;
    var source = end.child();
    if (source.isCancelled()) {
      source.detach();
      return Flux.error(Stopped::new);
    }
    var abandoned = new AtomicBoolean();
    Flux<T> elements =
        begin(source.token())
            .onErrorComplete(answer -> abandoned.get()) // else Reactor would log it as dropped
            .doOnTerminate(source::detach)
            .doOnCancel(
                () -> {
                  abandoned.set(true);
                  source.cancel();
                });
    if (!single && policy.hasPreamble()) {
      elements = new Preamble<T>(policy).of(elements);
    }
    long limit = call.attemptLimitNanos();
    if (limit != Long.MAX_VALUE) {
      elements =
          elements.timeout(
              timing.timeout(limit).onErrorMap(Refused::new).then(Mono.error(OutOfTime::new)));
    }
    return elements.doOnNext(element -> delivered = true);
  }

  private Flux<T> begin(CancellationToken token) {
    long begun = RetriedCall.now();
    try {
      Publisher<? extends T> publisher = opening.call(token);
      if (publisher == null) {
        throw new NullPointerException(policy.name() + " returned null, not a publisher");
      }
      return Flux.<T>from(publisher)
          .doOnError(error -> nested = RetriedCall.retriedInsideSince(begun, error));
    } catch (Throwable e) {
      nested = RetriedCall.retriedInsideSince(begun, e);
      return Flux.error(Exceptions.unwrap(e));
    }
  }

  /**
   * Emits an element when the next attempt is to be made, or fails with what the call ends with.
   */
  private Mono<Boolean> retry(Throwable error) {
    return turns
        .tell(() -> decide(error), error)
        .then(Mono.defer(() -> pause(error)))
        .then(Mono.defer(() -> turns.tell(call::waited, error)))
        .thenReturn(true);
  }

  private @Nullable Throwable decide(Throwable error) {
    if (error instanceof Stopped) {
      return call.cancelled();
    }
    if (error instanceof Refused refused) {
      return call.rejected(refused.refusal);
    }
    if (delivered) {
      return call.failed(error, false, GiveUpReason.DELIVERED);
    }
    boolean outOfTime = error instanceof OutOfTime;
    return call.failed(error, outOfTime, nested && !outOfTime ? GiveUpReason.RETRIED_INSIDE : null);
  }

  /** Waits, but no longer than until the token is cancelled, which is looked at next. */
  private Mono<Void> pause(Throwable error) {
    return timing
        .pause(call.delayNanos())
        .takeUntilOther(cancellation)
        .onErrorResume(refusal -> turns.tell(() -> call.rejected(refusal), error));
  }

  /** Says that an attempt ran out of time. */
  private static final class OutOfTime extends CancellationException {

    private static final long serialVersionUID = 1;

    OutOfTime() {
      super("The attempt was given up");
    }
  }

  /** Says that the clock cannot bound an attempt. */
  private static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Throwable refusal;

    Refused(Throwable refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  /** Says that the token was cancelled during an attempt; seen by nobody but the companion. */
  private static final class Stopped extends CancellationException {

    private static final long serialVersionUID = 1;
  }
}
