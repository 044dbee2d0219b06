package dev.llmretry.reactor;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.ContextClassLoader;
import dev.llmretry.runtime.internal.execution.NestedWaits;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.retry.Retry;

/**
 * One retried call, composed of Reactor's operators, so that hooks, context, fatal errors and
 * virtual time behave as usual. The companion publisher of {@code retryWhen} decides and delays.
 *
 * <p>An attempt's error, its time-out and a token reach the companion as one error, after Reactor
 * has determined which came first. So all events are serial, except a cancellation by the
 * subscriber, and the rejection of an element by the check, which a time-out or a token may meet;
 * hence {@link SerialExecution}.
 */
final class RetrySequence<T> {

  private final RetryPolicy policy;
  private final AsyncCall<? extends Publisher<? extends T>> call;
  private final boolean single;
  private final RetryExecution execution;
  private final SerialExecution events;
  private final Delays delays;

  /** Cancelled with the call, and when the subscriber cancels. */
  private final CancellationSource end;

  private final Mono<Void> cancellation;

  /** That of the thread that subscribed to the call. */
  private final @Nullable ClassLoader contextLoader =
      Thread.currentThread().getContextClassLoader();

  private boolean emitted;
  private boolean alreadyRetried;

  /** Whether the call has ended for its listeners, with a rejected result that is emitted. */
  private boolean isRejected;

  private RetrySequence(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call,
      boolean single) {
    this.policy = policy;
    this.call = call;
    this.single = single;
    this.execution = new RetryExecution(runtime, policy, token);
    this.events = new SerialExecution(execution);
    this.delays = new Delays(runtime);
    this.end = CancellationSource.childOf(execution.token());
    this.cancellation =
        Mono.create(sink -> sink.onDispose(end.token().onCancel(sink::success)::close));
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
    return of(runtime, policy, token, call, false);
  }

  private static <T> Flux<T> of(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Publisher<? extends T>> call,
      boolean single) {
    requireNonNull(runtime, "runtime");
    requireNonNull(policy, "policy");
    requireNonNull(call, "call");
    return Flux.defer(
        () -> {
          CancelledException cancelled = RetryExecution.checkNotCancelled(runtime, policy, token);
          if (cancelled != null) {
            return Flux.error(cancelled);
          }
          RetryRuntime forCall = CallScheduler.forCall(runtime);
          return new RetrySequence<T>(forCall, policy, token, call, single).retried();
        });
  }

  private Flux<T> retried() {
    return Flux.<T>from(this::subscribeToAttempt)
        .takeUntilOther(cancellation.then(Mono.error(CallCancelled::new)))
        .retryWhen(
            Retry.from(
                failures ->
                    failures.concatMap(failure -> nextAttempt(failure.failure())).onErrorStop()))
        .transform(
            Operators.<T, T>lift(
                (scannable, actual) ->
                    new CallSubscriber<>(actual, execution, events, end, single)));
  }

  private void subscribeToAttempt(Subscriber<? super T> subscriber) {
    boolean first = execution.lastFailure() == null;
    if (first && !execution.needsAdmission()) {
      Flux.defer(this::attempt).subscribe(subscriber);
      return;
    }
    Flux<T> attempt =
        Flux.<T>from(
            each ->
                ContextClassLoader.run(
                    contextLoader, () -> Flux.defer(this::attempt).subscribe(each)));
    (first ? firstAdmission().thenMany(attempt) : attempt).subscribe(subscriber);
  }

  private Mono<Void> firstAdmission() {
    var cancelled = new CallCancelled(); // by the subscriber, who receives no error
    return admission()
        .then(Mono.defer(() -> events.handle(RetryExecution::onDelayElapsed, cancelled)));
  }

  /** Makes an attempt. Cancelling the subscription abandons it. */
  private Flux<T> attempt() {
    alreadyRetried = false;
    if (end.isCancelled()) {
      return Flux.error(CallCancelled::new);
    }
    events.onAttemptStarted();
    var attempt = new SequenceAttempt(execution, end.token());
    long limit = execution.attemptLimitNanos();
    // The call may block. What is below "timeout" starts its timer when it has been subscribed to.
    Flux<T> begun =
        limit == Long.MAX_VALUE
            ? begin(attempt)
            : Mono.just(attempt).hide().flatMapMany(this::begin);
    Flux<T> elements =
        begun
            .onErrorComplete(late -> attempt.isAbandoned()) // otherwise logged as dropped
            .doOnTerminate(attempt::onTerminated)
            .doOnCancel(attempt::abandon);
    if (policy.hasCheck()) {
      elements = checked(attempt, elements);
    }
    if (!single && policy.hasPreamble()) {
      elements = new Preamble<T>(policy, () -> isRejected).holdBackFrom(elements);
    }
    if (limit != Long.MAX_VALUE) {
      elements =
          elements.timeout(
              delays
                  .timeout(limit)
                  .onErrorMap(Rejected::new)
                  .then(Mono.defer(() -> timeOut(attempt))));
    }
    return elements.doOnNext(
        element -> {
          if (!emitted) {
            emitted = true;
            if (!isRejected) {
              execution.onAccepted();
            }
          }
        });
  }

  /** The check may be rejecting an element already; what it decides is the outcome. */
  private static Mono<Void> timeOut(SequenceAttempt attempt) {
    if (!attempt.tryDecide()) {
      return Mono.never();
    }
    Mono<Void> timeOut = Mono.error(TimedOut::new);
    return Mono.from(each -> NestedWaits.handleTimeOut(() -> timeOut.subscribe(each)));
  }

  /** Checks the elements of an attempt until the first of content, or their absence. */
  private Flux<T> checked(SequenceAttempt attempt, Flux<T> elements) {
    var content = new AtomicBoolean();
    return elements
        .<T>handle(
            (element, sink) -> {
              if (content.get() || isAccepted(attempt, element, sink::error)) {
                content.set(content.get() || isRejected || single || !policy.isPreamble(element));
                sink.next(element);
              }
            })
        .concatWith(
            Mono.create(
                sink -> {
                  if (content.get() || isAccepted(attempt, null, sink::error)) {
                    sink.success();
                  }
                }));
  }

  /**
   * Decides about an attempt of which an element, or the absence of any, may be rejected, while it
   * can still continue: if no retry follows, it is accepted after all.
   *
   * @param fail ends the attempt
   */
  private boolean isAccepted(
      SequenceAttempt attempt, @Nullable T element, Consumer<Throwable> fail) {
    RejectedResultException rejected =
        single ? Results.reject(policy, element) : Results.rejectElement(policy, element);
    if (rejected == null) {
      return true;
    }
    if (!attempt.tryDecide()) {
      return false; // it has timed out
    }
    Throwable end =
        events.decide(call -> call.onAttemptFailed(rejected, false, false, false), rejected);
    isRejected = end == rejected;
    if (!isRejected && !attempt.isAbandoned()) { // otherwise reported as dropped
      fail.accept(new Decided(end));
    }
    return isRejected;
  }

  private Flux<T> begin(SequenceAttempt attempt) {
    try {
      return Flux.<T>from(Results.requireReturned(policy, call.call(attempt)))
          .doOnError(error -> recordNested(attempt, error));
    } catch (Throwable e) {
      recordNested(attempt, e);
      return Flux.error(Exceptions.unwrap(e));
    }
  }

  /** An attempt that ends after its time-out must not affect a later one. */
  private void recordNested(SequenceAttempt attempt, Throwable error) {
    if (!attempt.isAbandoned()) {
      alreadyRetried = attempt.wasRetried(error);
    }
  }

  /** Emits an element when the next attempt is due, or fails with the terminal error. */
  private Mono<Boolean> nextAttempt(Throwable error) {
    if (isRejected) {
      return Mono.error(error instanceof CallCancelled ? execution.onCancelled() : error);
    }
    return (error instanceof Decided decided ? decided.outcome() : decide(error))
        .then(Mono.defer(() -> delay(error)))
        .then(Mono.defer(this::admission))
        .onErrorResume(
            Rejected.class,
            rejected -> events.handle(call -> call.onRejected(rejected.rejection), error))
        .onErrorResume(Refused.class, refused -> events.handle(refused::end, error))
        .then(Mono.defer(() -> events.handle(RetryExecution::onDelayElapsed, error)))
        .thenReturn(true);
  }

  /** A token may be cancelled while a check's rejection is being decided about. */
  private Mono<Void> decide(Throwable error) {
    Throwable otherwise =
        error instanceof CallCancelled
            ? new CancelledException(policy.name() + " was cancelled")
            : error;
    return events.handle(call -> onAttemptFailed(error), otherwise);
  }

  private @Nullable Throwable onAttemptFailed(Throwable error) {
    if (error instanceof CallCancelled) {
      return execution.onCancelled();
    }
    if (error instanceof Refused refused) {
      return refused.end(execution);
    }
    if (error instanceof Rejected rejected) {
      return execution.onRejected(rejected.rejection);
    }
    boolean timedOut = error instanceof TimedOut;
    return execution.onAttemptFailed(error, timedOut, emitted, alreadyRetried && !timedOut);
  }

  /**
   * Completes when the upstream of the call has admitted the next attempt, on a thread on which it
   * may be made, or when the token is cancelled; fails with {@link Refused}.
   */
  private Mono<Void> admission() {
    return execution.needsAdmission()
        ? Mono.<Boolean>create(this::enter)
            .takeUntilOther(cancellation)
            .flatMap(hasWaited -> hasWaited ? delays.handOver() : Mono.empty())
        : Mono.empty();
  }

  /** Emits whether the call has had to wait. */
  private void enter(MonoSink<Boolean> sink) {
    var waiter = new SequenceWaiter(execution, sink);
    switch (execution.requestAdmission(waiter)) {
      case ADMITTED -> sink.success(false);
      case REFUSED -> sink.error(new Refused(waiter.refusal()));
      case WAITING -> sink.onDispose(waiter::close);
    }
  }

  /**
   * Completes after the delay, when the token is cancelled or when the deadline passes, which the
   * caller then checks.
   */
  private Mono<Void> delay(Throwable error) {
    Mono<Void> delay = delays.delay(execution.delayNanos()).takeUntilOther(cancellation);
    long remaining = execution.remainingNanos();
    Mono<Void> limited =
        remaining == Long.MAX_VALUE // the executor may never run it
            ? delay
            : delay.takeUntilOther(delays.timeout(remaining));
    return limited.onErrorResume(
        rejection -> events.handle(call -> call.onRejected(rejection), error));
  }

  /** The call has decided about a rejected element. */
  private static final class Decided extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The terminal error, or null for a retry. */
    private final transient @Nullable Throwable end;

    Decided(@Nullable Throwable end) {
      super(null, null, false, false);
      this.end = end;
    }

    Mono<Void> outcome() {
      return end == null ? Mono.empty() : Mono.error(end);
    }
  }

  /** The time limit of an attempt has passed. */
  private static final class TimedOut extends CancellationException {

    private static final long serialVersionUID = 1;

    TimedOut() {
      super("The attempt did not end in time");
    }
  }

  /** The upstream has refused an attempt. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final GiveUpReason reason;

    Refused(GiveUpReason reason) {
      this.reason = reason;
    }

    private Throwable end(RetryExecution call) {
      return call.onRefused(reason);
    }
  }

  /** The clock has rejected the time-out of an attempt, or of the wait before it. */
  static final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Throwable rejection;

    Rejected(Throwable rejection) {
      super(rejection);
      this.rejection = rejection;
    }
  }

  /** The token has been cancelled during an attempt; only the companion receives this. */
  private static final class CallCancelled extends CancellationException {

    private static final long serialVersionUID = 1;
  }
}
