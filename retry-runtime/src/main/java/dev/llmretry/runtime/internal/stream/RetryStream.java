package dev.llmretry.runtime.internal.stream;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.AttemptScope.End;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.runtime.internal.execution.ContextClassLoader;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.execution.Trampoline;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import dev.llmretry.runtime.internal.util.Closeables;
import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A retried call that emits elements, and the subscription of its downstream. It is retried until
 * its first element of content has arrived.
 *
 * <p>All events, elements, errors, cancellation and time, are {@linkplain SerialExecutor
 * serialised}; fields that are not volatile or atomic belong to the serial section. Attempts are
 * started, and elements requested, outside of it.
 *
 * <p>Elements are emitted as the downstream requests them. While the preamble is held back, one
 * more element is requested for each that is held back. So elements may have to wait for demand
 * after the preamble has been emitted.
 *
 * @param <E> the elements
 */
public final class RetryStream<E> extends SerialExecutor implements Subscription {

  private static final long UNBOUNDED = StreamAttempt.UNBOUNDED;

  private final RetryPolicy policy;
  private final RetryExecution execution;
  private final CallScheduler scheduler;
  private final AttemptStarter<E> starter;

  /** How many elements the downstream has requested in total. */
  private final AtomicLong requested = new AtomicLong();

  /** An attempt to be started outside of the serial section. */
  private final AtomicReference<@Nullable StreamAttempt<E>> unstarted = new AtomicReference<>();

  /** The context class loader of the thread that made the call. */
  private final @Nullable ClassLoader contextLoader =
      Thread.currentThread().getContextClassLoader();

  /** One attempt, or two while it is hedged: until one of them fails or emits content. */
  private final AttemptsInFlight<E> inFlight = new AttemptsInFlight<>();

  /**
   * The buffer of the attempt, or of the slow one of two. After the attempt has ended, it has the
   * elements that are still to be emitted.
   */
  private PreambleBuffer<E> buffer = new PreambleBuffer<>();

  /** An attempt whose hedge timer starts when elements are requested of it; null if none. */
  private @Nullable StreamAttempt<E> unhedged;

  /** The timer that starts a hedge; null if none is running. */
  private @Nullable Registration hedgeTimer;

  /** An attempt whose hedge became due while another thread was in the serial section; or null. */
  private final AtomicReference<@Nullable StreamAttempt<E>> dueForHedge = new AtomicReference<>();

  /** Whether the first attempt has been made, or waits for the upstream. */
  private boolean begun;

  private volatile boolean ended;
  private @Nullable Downstream<E> downstream;
  private @Nullable Registration delay;

  /** How many elements have been emitted, unless demand is unbounded. */
  private long emitted;

  private boolean waiting;
  private boolean completed;
  private @Nullable Throwable failure;

  /** Creates a call, without starting it. */
  public RetryStream(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      CallScheduler scheduler,
      AttemptStarter<E> starter,
      Downstream<E> downstream) {
    this.policy = policy;
    this.execution = new RetryExecution(runtime, policy, token);
    this.scheduler = scheduler;
    this.starter = starter;
    this.downstream = downstream;
  }

  /** Starts the attempts of a call. */
  @FunctionalInterface
  public interface AttemptStarter<E> {

    /** Starts an attempt. */
    void start(StreamAttempt<E> attempt) throws Throwable;

    /**
     * Receives an error of an attempt that had ended or been cancelled before, which is otherwise
     * dropped.
     */
    default void onErrorDropped(StreamAttempt<E> attempt, Throwable error) {}

    /**
     * Receives an element that is not emitted: of an attempt that had ended or been cancelled
     * before, or one that was held back. Must not throw. An element that the check rejects is left
     * to {@link RetryExecution}.
     */
    default void onElementDropped(E element) {}
  }

  /** Returns the state of the call, for what is safe after its end. */
  public RetryExecution execution() {
    return execution;
  }

  /** Makes the first attempt, on this thread, unless it has to wait for the upstream. */
  public void start(Runnable onStart) {
    if (!tryEnter()) {
      throw new IllegalStateException("started twice");
    }
    run(() -> prepareFirstAttempt(onStart));
    StreamAttempt<E> first = unstarted.getAndSet(null);
    exit();
    if (first != null) {
      begin(first);
    }
  }

  private void prepareFirstAttempt(Runnable onStart) {
    deliver(onStart);
    runQueued(); // the downstream may have cancelled the call
    if (ended) {
      return;
    }
    CancelledException cancelled =
        RetryExecution.checkNotCancelled(execution.runtime(), policy, execution.token());
    if (cancelled != null) {
      fail(cancelled);
      return;
    }
    begun = true;
    execution.onCancel(() -> execute(this::onTokenCancelled));
    if (isAdmitted()) {
      publishAttempt();
    }
  }

  private void publish(StreamAttempt<E> next) {
    inFlight.set(next);
    try {
      next.registerToken();
      next.startTimer(scheduler);
    } catch (Throwable e) {
      fail(execution.onRejected(e));
      return;
    }
    execution.onAttemptStarted();
  }

  /** Starts the hedge timer of an attempt, once elements have been requested of it. */
  private void startHedgeTimer() {
    StreamAttempt<E> begun = unhedged;
    if (begun == null || demand() == 0) {
      return;
    }
    unhedged = null;
    long nanos = execution.hedgeAfterNanos();
    if (ended || !inFlight.isAlone(begun) || nanos >= execution.attemptLimitNanos()) {
      return;
    }
    try {
      hedgeTimer = scheduler.schedule(nanos, () -> onHedgeDue(begun), RetryStream::onHedgeRejected);
    } catch (Throwable e) {
      onHedgeRejected(e);
    }
  }

  private static void onHedgeRejected(Throwable rejection) {
    Log.debug(() -> "The executor or clock rejected a hedge: " + rejection);
  }

  private void stopHedgeTimer() {
    unhedged = null;
    if (hedgeTimer != null) {
      Closeables.closeLogging(hedgeTimer, Closeables.TIMER);
      hedgeTimer = null;
    }
  }

  /** Makes a second attempt beside one that is slow, on a thread of the scheduler. */
  private void onHedgeDue(StreamAttempt<E> slow) {
    if (tryEnter()) {
      run(() -> prepareHedge(slow));
      exitAndBegin();
    } else {
      dueForHedge.set(slow); // no other event may come between preparing the hedge and making it
      signal();
    }
  }

  private void prepareHedge(StreamAttempt<E> slow) {
    boolean isSlow = inFlight.isAlone(slow) && !slow.isEmitting() && !slow.isTimedOut();
    if (ended || !isSlow || hedgeTimer == null) { // a clock may run a timer twice
      return;
    }
    hedgeTimer = null;
    if (!execution.tryHedge()) {
      return;
    }
    var hedge = new StreamAttempt<>(this, execution, new PreambleBuffer<>(), true);
    try {
      hedge.registerToken();
      hedge.startTimer(scheduler);
      execution.onAttemptStarted();
      inFlight.addHedge(hedge);
      unstarted.set(hedge);
    } catch (Throwable e) { // of the clock
      Log.warning("A hedge of " + policy.name() + " could not be made", e);
      hedge.cancel();
      execution.onHedgeNotMade();
    }
    select(slow);
  }

  /** Makes one of two concurrent attempts the one to which the next events belong. */
  private void select(StreamAttempt<E> current) {
    execution.select(current.routeIndex(), current.ticket, current.isHedge());
  }

  private void continueAlone(StreamAttempt<E> remaining) {
    inFlight.set(remaining);
    buffer = remaining.buffer;
    select(remaining);
  }

  /**
   * Leaves the outcome to the attempt beside one that has failed.
   *
   * @return whether there is one
   */
  private boolean isLeftToRival(
      StreamAttempt<E> failed, Throwable error, boolean timedOut, boolean wasRetried) {
    StreamAttempt<E> other = inFlight.beside(failed);
    if (other == null) {
      return false;
    }
    select(failed);
    if (execution.token().isCancelled()) {
      return false;
    }
    execution.onIncidentalFailure(error, timedOut, wasRetried);
    continueAlone(other);
    dropAll(failed.buffer);
    return true;
  }

  /** Abandons the attempt beside one whose outcome is that of both. */
  private void win(StreamAttempt<E> winner) {
    stopHedgeTimer();
    StreamAttempt<E> loser = inFlight.beside(winner);
    if (loser != null) {
      select(loser);
      execution.onLost();
      continueAlone(winner);
      loser.abandon();
    }
  }

  private void begin(StreamAttempt<E> next) {
    if (ended || next.hasEnded()) { // it may have timed out while it was queued
      if (next.isHedge()) {
        execution.onHedgeNotMade();
      }
      return;
    }
    if (!next.isHedge() && execution.hedgeAfterNanos() != Durations.UNLIMITED) {
      execute(
          () -> {
            if (inFlight.isAlone(next)) {
              unhedged = next;
              startHedgeTimer();
            }
          });
    }
    next.onStart();
    try {
      starter.start(next);
    } catch (Throwable e) {
      next.onError(e);
    }
  }

  boolean isPreamble(@Nullable Object element) {
    return policy.isPreamble(element);
  }

  @Nullable RejectedResultException rejectResult(Object result) {
    return Results.reject(policy, result);
  }

  @Nullable RejectedResultException reject(@Nullable Object element) {
    return Results.rejectElement(policy, element);
  }

  @Override
  public void request(long elements) {
    if (elements > 0) {
      requested.accumulateAndGet(elements, StreamAttempt::addCapped);
      signal();
    } else {
      execute(() -> onInvalidRequest(elements));
    }
  }

  private void onInvalidRequest(long elements) {
    if (!ended) {
      failDownstream(new IllegalArgumentException("rule 3.9: requested " + elements));
    }
  }

  /**
   * Returns whether the attempt may still signal; if not, listeners have been notified of the end.
   */
  private boolean isRunning() {
    return !completed && failure == null;
  }

  /** Ends the call without a terminal signal. */
  @Override
  public void cancel() {
    execute(this::cancelQuietly);
  }

  private void cancelQuietly() {
    if (!ended) {
      boolean running = isRunning();
      terminate(() -> {});
      if (running && begun) {
        execution.onCancelled();
      } else if (running) {
        RetryExecution.onCancelledBeforeFirstAttempt(execution.runtime(), policy);
      }
    }
  }

  private void onTokenCancelled() {
    if (!ended && isRunning()) {
      fail(execution.onCancelled());
    }
  }

  void onSubscribe(StreamAttempt<E> from, Subscription subscription) {
    if (inFlight.contains(from) && from.subscription == null) {
      from.subscription = subscription;
      requestMore();
    } else {
      StreamAttempt.cancelLogging(subscription);
    }
  }

  /** Emits without queueing if the serial section is free. */
  void onNext(
      StreamAttempt<E> from,
      E element,
      boolean preamble,
      @Nullable RejectedResultException rejected) {
    if (!tryEnter()) {
      execute(() -> onElement(from, element, preamble, rejected));
      return;
    }
    try {
      onElement(from, element, preamble, rejected);
    } catch (Throwable e) {
      handleFailure(e);
    }
    exit();
  }

  private void onElement(
      StreamAttempt<E> from,
      E element,
      boolean preamble,
      @Nullable RejectedResultException rejected) {
    if (!inFlight.contains(from)) {
      starter.onElementDropped(element);
      return;
    }
    if (from.outstanding != UNBOUNDED && from.outstanding > 0) {
      from.outstanding--;
    }
    boolean heldBack = preamble && rejected == null;
    PreambleBuffer<E> held = from.buffer;
    if (!heldBack && !held.isReleased()) {
      if (!from.tryStartEmitting()) {
        // Otherwise completion could arrive before the time-out and be taken for the stream's end.
        starter.onElementDropped(element);
        onTimedOut(from);
        return;
      }
      if (rejected != null && isRetried(from, rejected)) {
        from.cancel();
        return;
      }
      win(from);
      if (rejected == null) {
        execution.onAccepted();
      }
    }
    if (held.holdBack(element, heldBack)) {
      requestMore();
    } else if (held.isEmpty() && takeDemand()) {
      emit(element);
    } else {
      held.add(element);
      drain();
    }
  }

  /**
   * Decides about an attempt of which an element, or the absence of any, was rejected.
   *
   * @return whether the attempt is over; if not, its elements are emitted all the same
   */
  private boolean isRetried(StreamAttempt<E> from, RejectedResultException rejected) {
    if (isLeftToRival(from, rejected, false, false)) {
      return true;
    }
    Throwable end = execution.onAttemptFailed(rejected, false, false, false);
    if (end == rejected) {
      return false;
    }
    forget(from);
    if (end == null) {
      dropAll(buffer);
      waitForNextAttempt();
    } else {
      fail(end);
    }
    return true;
  }

  /** Returns how many elements may be emitted. */
  private long demand() {
    long total = requested.get();
    return total == UNBOUNDED ? UNBOUNDED : total - emitted;
  }

  private boolean takeDemand() {
    long available = demand();
    if (available != UNBOUNDED && available > 0) {
      emitted++;
    }
    return available > 0;
  }

  /** Drops the elements that are held back, and holds back again. */
  void dropAll(PreambleBuffer<E> held) {
    for (E element = held.poll(); element != null; element = held.poll()) {
      starter.onElementDropped(element);
    }
    held.reset();
  }

  private void forget(StreamAttempt<E> failed) {
    stopHedgeTimer();
    inFlight.remove(failed);
  }

  /** A late completion counts, so the last element does not compete with the time-out. */
  void onComplete(StreamAttempt<E> from, @Nullable E last) {
    if (inFlight.contains(from)) {
      from.end();
      complete(from, last, from.buffer.isReleased() ? null : reject(null));
    }
  }

  void onOutcome(StreamAttempt<E> from, E result, @Nullable RejectedResultException rejected) {
    if (inFlight.contains(from)) {
      from.end();
      complete(from, result, rejected);
    } else {
      starter.onElementDropped(result);
    }
  }

  private void complete(
      StreamAttempt<E> from, @Nullable E last, @Nullable RejectedResultException rejected) {
    if (rejected != null && isRetried(from, rejected)) {
      return;
    }
    win(from);
    buffer.release(); // the stream may have a preamble only
    if (last != null) {
      onElement(from, last, false, null);
    }
    if (inFlight.contains(from)) {
      inFlight.remove(from);
      completed = true;
      execution.onSuccess();
      drain();
    }
  }

  void onError(StreamAttempt<E> from, Throwable error, boolean wasRetried) {
    if (inFlight.contains(from)) {
      boolean timedOut = from.end() == End.LATE;
      handleFailure(from, error, timedOut, wasRetried);
    } else {
      starter.onErrorDropped(from, error);
    }
  }

  void onTimedOut(StreamAttempt<E> late) {
    if (inFlight.contains(late)) {
      late.cancel();
      String message = "The attempt did not end when it was cancelled";
      handleFailure(late, new CancellationException(message), true, false);
    }
  }

  private void handleFailure(
      StreamAttempt<E> from, Throwable thrown, boolean timedOut, boolean wasRetried) {
    Throwable error = Throwables.unwrap(thrown);
    if (isLeftToRival(from, error, timedOut, wasRetried)) {
      return;
    }
    forget(from);
    boolean contentEmitted = buffer.isReleased();
    Throwable end = execution.onAttemptFailed(error, timedOut, contentEmitted, wasRetried);
    if (end == null) {
      dropAll(buffer);
      waitForNextAttempt();
      return;
    }
    Throwable terminal = end == error ? thrown : end;
    if (contentEmitted) {
      failure = terminal;
      drain();
    } else {
      fail(terminal);
    }
  }

  private void waitForNextAttempt() {
    long nanos = execution.delayNanos();
    waiting = true;
    try {
      execution.startDeadlineTimer(scheduler, () -> execute(this::onDeadlinePassed));
      if (nanos == 0) {
        scheduler.execute(this::resume);
      } else {
        delay = scheduler.schedule(nanos, this::resume, this::onRejected);
      }
    } catch (Throwable e) {
      fail(execution.onRejected(e));
    }
  }

  private void onDeadlinePassed() {
    if (!ended && waiting) {
      fail(execution.onDeadlinePassed());
    }
  }

  void onRejected(Throwable rejection) {
    execute(
        () -> {
          if (!ended) {
            fail(execution.onRejected(rejection));
          }
        });
  }

  /** Continues after the delay, on a thread of the scheduler. */
  private void resume() {
    continueWith(this::onDelayElapsed);
  }

  /** Makes the next attempt on this thread if an event lets it begin. */
  private void continueWith(Runnable event) {
    if (tryEnter()) {
      run(event);
      exitAndBegin();
    } else {
      execute(event); // may run on a thread that must not make the attempt
    }
  }

  private void exitAndBegin() {
    StreamAttempt<E> next = unstarted.getAndSet(null);
    exit();
    if (next != null) {
      beginLater(next);
    }
  }

  private void onDelayElapsed() {
    boolean isRepeated = !waiting || delay instanceof StreamWaiter;
    if (ended || isRepeated) { // a clock or an executor may run a step twice
      return;
    }
    if (isAdmitted()) {
      prepareAttempt();
    }
  }

  /** Asks the upstream to admit an attempt. If not, the call waits, or has ended. */
  private boolean isAdmitted() {
    if (execution.tryBegin()) {
      return true;
    }
    var waiter = new StreamWaiter(this, execution);
    waiting = true;
    delay = waiter;
    Admission admission = execution.requestAdmission(waiter);
    if (admission == Admission.REFUSED) {
      fail(execution.onRefused(waiter.refusal()));
    }
    return admission == Admission.ADMITTED;
  }

  void onAdmitted(StreamWaiter waiter) {
    scheduler.handOver(
        () ->
            continueWith(
                () -> {
                  if (!ended && delay == waiter) {
                    prepareAttempt();
                  }
                }),
        this::onRejected);
  }

  void onRefused(StreamWaiter waiter) {
    scheduler.handOver(
        () ->
            execute(
                () -> {
                  if (!ended && delay == waiter) {
                    fail(execution.onRefused(waiter.refusal()));
                  }
                }),
        this::onRejected);
  }

  private void prepareAttempt() {
    Throwable end = execution.onDelayElapsed();
    if (end == null) {
      publishAttempt();
    } else {
      fail(end);
    }
  }

  private void publishAttempt() {
    waiting = false;
    delay = null;
    var next = new StreamAttempt<>(this, execution, buffer, false);
    publish(next);
    if (!ended) {
      unstarted.set(next);
    }
  }

  private void beginLater(StreamAttempt<E> next) {
    Trampoline.run(this, () -> ContextClassLoader.run(contextLoader, () -> begin(next)));
  }

  @Override
  void afterSection() {
    inFlight.requestOwed();
    StreamAttempt<E> next = unstarted.get() == null ? null : unstarted.getAndSet(null);
    if (next != null) {
      scheduler.handOver(() -> beginLater(next), this::onRejected);
    }
    StreamAttempt<E> slow = dueForHedge.get() == null ? null : dueForHedge.getAndSet(null);
    if (slow != null) {
      scheduler.handOver(() -> onHedgeDue(slow), RetryStream::onHedgeRejected);
    }
  }

  /** Emits elements for which there is demand, then the terminal signal if it has arrived. */
  @Override
  void drain() {
    boolean released = buffer.isReleased();
    while (released && !ended && !buffer.isEmpty() && takeDemand()) {
      emit(Objects.requireNonNull(buffer.poll()));
    }
    if (ended) {
      return;
    }
    if (released && buffer.isEmpty() && failure != null) {
      fail(failure);
    } else if (released && buffer.isEmpty() && completed) {
      Downstream<E> last = requireDownstream();
      terminate(() -> complete(last));
    } else {
      requestMore();
    }
  }

  /** Held-back elements do not reduce demand. */
  private void requestMore() {
    inFlight.requestUpTo(demand());
    startHedgeTimer();
  }

  /** Ends the call with the exception of an action. */
  @Override
  void onActionFailed(Throwable error) {
    if (!ended) {
      failDownstream(error);
    }
  }

  /** Emits the completion; or an error, if the downstream fails and receives that. */
  private static void complete(Downstream<?> last) {
    try {
      last.onComplete();
    } catch (Throwable e) {
      if (!last.receivesOwnFailure()) {
        throw e;
      }
      last.onError(e);
    }
  }

  private void failDownstream(Throwable error) {
    try {
      if (isRunning() && begun) {
        execution.onDownstreamFailure(error);
      } else if (isRunning()) {
        RetryExecution.onEndedBeforeFirstAttempt(execution.runtime(), policy, error);
      }
    } finally {
      fail(error);
    }
  }

  private void fail(Throwable error) {
    Downstream<E> last = requireDownstream();
    terminate(() -> execution.withTerminalError(() -> last.onError(error)));
  }

  /** Releases resources and emits the terminal signal. */
  private void terminate(Runnable terminalSignal) {
    ended = true;
    downstream = null;
    try {
      inFlight.cancel();
      release();
      dropAll(buffer);
    } finally {
      deliver(terminalSignal);
    }
  }

  private void release() {
    stopHedgeTimer();
    if (delay != null) {
      Closeables.closeLogging(delay, Closeables.TIMER);
    }
    execution.close();
  }

  private void emit(E element) {
    try {
      requireDownstream().onNext(element);
    } catch (Throwable e) {
      onDownstreamFailed(e);
    }
  }

  private void deliver(Runnable signal) {
    try {
      signal.run();
    } catch (Throwable e) {
      onDownstreamFailed(e);
    }
  }

  /** A downstream that throws receives no further elements. */
  private void onDownstreamFailed(Throwable error) {
    if (downstream != null && downstream.receivesOwnFailure()) {
      failDownstream(error);
    } else {
      Log.warning("The subscriber of " + policy.name() + " failed, and is cancelled", error);
      cancelQuietly();
    }
  }

  private Downstream<E> requireDownstream() {
    return Objects.requireNonNull(downstream, "the call has ended");
  }
}
