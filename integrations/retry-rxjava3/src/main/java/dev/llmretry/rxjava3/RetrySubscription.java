package dev.llmretry.rxjava3;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetriedCall;
import dev.llmretry.runtime.RetryRuntime;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One retried call, for one subscriber.
 *
 * <p>By itself a call goes from attempt to wait to attempt, on one thread after the other. It is
 * stopped from outside, by a token or by the subscriber, at any moment. What the {@link
 * RetriedCall} hears and what the subscriber is told must happen in turn all the same; hence {@link
 * #turns}. No thread waits for its turn: one that is too late has nothing more to say, and a stop
 * during a turn is left to the thread whose turn it is.
 */
final class RetrySubscription<T> implements Subscription {

  /**
   * Set in {@link #turns} when the call has been stopped, or has ended: no turn begins any more.
   */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final RetryFlowable<?, T> source;
  private final Subscriber<? super T> downstream;
  private final RetryRuntime runtime;
  private final RetriedCall call;

  /**
   * How many turns are being taken: one within the other, as when an element is asked for while one
   * is handed on. Whoever ends the call does not give its turn back.
   */
  private final AtomicInteger turns = new AtomicInteger();

  /**
   * What has been asked for since the beginning. Only an attempt that is the last gets any of it.
   */
  private final AtomicLong demand = new AtomicLong();

  /** The attempt in flight, or the wait. */
  private final SerialDisposable current = new SerialDisposable();

  private final CompositeDisposable resources = new CompositeDisposable(current);

  private volatile @Nullable Attempt attempt;
  private volatile boolean disposed;

  RetrySubscription(RetryFlowable<?, T> source, Subscriber<? super T> downstream) {
    this.source = source;
    this.downstream = downstream;
    this.runtime = source.runtime.forCall();
    this.call = new RetriedCall(source.runtime, source.policy, source.token);
  }

  void start() {
    downstream.onSubscribe(this);
    resources.add(Disposable.fromRunnable(call.token().onCancel(this::stop)::close));
    makeAttempt();
  }

  private void makeAttempt() {
    var next = new Attempt();
    attempt = next;
    current.replace(next);
    next.begin();
  }

  /** Decides about a failed attempt. */
  private void failed(Throwable error, boolean timedOut, @Nullable GiveUpReason obstacle) {
    if (!enter()) {
      if (!timedOut) {
        drop(error);
      }
      return;
    }
    Throwable end = call.failed(error, timedOut, obstacle);
    if (end != null) {
      end(end);
      return;
    }
    long delay = call.delayNanos();
    leave();
    attempt = null;
    var wait = new SerialDisposable();
    current.replace(wait); // before it can be over
    try {
      wait.set(Timers.schedule(runtime, delay, this::waited, this::refused));
    } catch (Throwable e) { // a clock that cannot
      refused(e);
    }
  }

  private void waited() {
    if (enter()) {
      Throwable end = call.waited();
      if (end == null) {
        leave();
        makeAttempt();
      } else {
        end(end);
      }
    }
  }

  private void refused(Throwable refusal) {
    if (enter()) {
      end(call.rejected(refusal));
    }
  }

  private void completed() {
    if (enter()) {
      close();
      call.succeeded();
      downstream.onComplete();
    }
  }

  private void end(Throwable error) {
    close();
    call.deliver(() -> downstream.onError(error));
  }

  /** Lets go of everything; whoever has the turn keeps it, so that nobody else ends the call. */
  private void close() {
    turns.getAndUpdate(taken -> taken | CLOSED);
    resources.dispose();
  }

  /** Does what an operator does with an error that nobody is there to hear any more. */
  private void drop(Throwable error) {
    boolean obeys = source.token != null && error instanceof CancellationException;
    if (!obeys) {
      RxJavaPlugins.onError(error);
    }
  }

  /** Takes a turn; returns false if there are no more. */
  private boolean enter() {
    return turns.getAndUpdate(taken -> taken < 0 ? taken : taken + 1) >= 0;
  }

  private void leave() {
    if (turns.decrementAndGet() == CLOSED) {
      stopped();
    }
  }

  private void stop() {
    int before = turns.getAndUpdate(taken -> taken | CLOSED);
    resources.dispose();
    if (before == 0) {
      stopped();
    }
  }

  private void stopped() {
    CancelledException end = call.cancelled();
    if (!disposed) {
      downstream.onError(end);
    }
  }

  @Override
  public void cancel() {
    disposed = true;
    stop();
  }

  @Override
  public void request(long n) {
    if (Demand.add(demand, n)) {
      Attempt inFlight = attempt;
      if (inFlight != null) {
        inFlight.request();
      }
    }
  }

  private enum Phase {
    /** Nothing has come yet. */
    SILENT,
    /** Elements are being handed on. */
    FLOWING,
    /** It has ended, or nobody waits for it any more. */
    OVER
  }

  private final class Attempt implements FlowableSubscriber<T>, Disposable {

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.SILENT);

    /** How much of the {@link #demand} has been passed on. */
    private final AtomicLong requested = new AtomicLong();

    private final SerialDisposable timer = new SerialDisposable();
    private final @Nullable CancellationSource token =
        source.token == null ? null : CancellationSource.childOf(call.token());
    private final long begun = RetriedCall.now();
    private volatile @Nullable Subscription upstream;

    void begin() {
      if (isDisposed()) {
        return;
      }
      try {
        limit(call.attemptLimitNanos());
      } catch (Throwable e) { // a clock that cannot
        dispose();
        refused(e);
        return;
      }
      Flowable<? extends T> flowable;
      try {
        flowable = source.attempt(token == null ? CancellationToken.none() : token.token());
      } catch (Throwable e) { // fatal ones, too: they are not retried, but handed on
        onError(e);
        return;
      }
      if (!isDisposed()) {
        flowable.subscribe(this);
      }
    }

    private void limit(long nanos) {
      if (nanos != Long.MAX_VALUE) {
        timer.set(Timers.schedule(runtime, nanos, this::timeOut, refusal -> timeOut()));
      }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      upstream = subscription;
      if (isDisposed()) {
        subscription.cancel();
      } else {
        request();
      }
    }

    /** Passes on what has been asked for meanwhile. */
    void request() {
      Subscription subscription = upstream;
      if (subscription != null) {
        long wanted = demand.get();
        long before = requested.getAndAccumulate(wanted, Math::max);
        if (wanted > before) {
          subscription.request(wanted - before);
        }
      }
    }

    @Override
    public void onNext(T element) {
      if (phase.compareAndSet(Phase.SILENT, Phase.FLOWING)) {
        timer.dispose();
      }
      if (!isDisposed() && enter()) {
        downstream.onNext(element);
        leave();
      }
    }

    @Override
    public void onError(Throwable error) {
      Phase before = phase.getAndSet(Phase.OVER);
      if (before == Phase.OVER) {
        drop(error);
        return;
      }
      letGo();
      failed(error, false, before == Phase.FLOWING ? GiveUpReason.DELIVERED : nested(error));
    }

    /** An inner retry has either handed this error on, or, in a blocking call, thrown it. */
    private @Nullable GiveUpReason nested(Throwable error) {
      return RetriedCall.retriedInsideSince(begun, error) ? GiveUpReason.RETRIED_INSIDE : null;
    }

    @Override
    public void onComplete() {
      if (phase.getAndSet(Phase.OVER) != Phase.OVER) {
        letGo();
        completed();
      }
    }

    private void timeOut() {
      if (phase.compareAndSet(Phase.SILENT, Phase.OVER)) {
        abandon();
        failed(new CancellationException("The attempt did not end in time"), true, null);
      }
    }

    @Override
    public void dispose() {
      if (phase.getAndSet(Phase.OVER) != Phase.OVER) {
        abandon();
      }
    }

    @Override
    public boolean isDisposed() {
      return phase.get() == Phase.OVER;
    }

    private void letGo() {
      timer.dispose();
      if (token != null) {
        token.detach();
      }
    }

    private void abandon() {
      timer.dispose();
      if (token != null) {
        token.cancel();
      }
      Subscription subscription = upstream;
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }
}
