package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetriedCall;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.Log;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * One call whose elements arrive one by one, retried until the first that is content has arrived.
 *
 * <p>Whatever happens to it, elements, errors, demand, cancellation and time, comes in {@linkplain
 * Turns turn}; all fields but {@link #over} belong to the turns. The attempts themselves are begun
 * outside, since that may take long.
 *
 * <p>Elements are handed on as they are asked for. Those of the preamble are held back; since they
 * take up demand that is meant for content, as many more are asked for, which later elements may
 * have to wait for in their turn.
 *
 * @param <E> the elements
 */
final class StreamCall<E> {

  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final RetryRuntime runtime;
  private final RetryPolicy policy;
  private final RetriedCall call;
  private final Opening<E> opening;
  private final Turns turns = new Turns(this::broken);
  private final ArrayDeque<E> held = new ArrayDeque<>();
  private @Nullable StreamOutlet<E> outlet;
  private @Nullable Attempt<E> attempt;
  private @Nullable Registration wait;
  private long demand;
  private boolean delivered;
  private boolean completed;
  private @Nullable Throwable failure;
  private volatile boolean over;

  /**
   * Makes a call that nothing has been done for.
   *
   * @param token the call's own token, or null
   */
  StreamCall(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      Opening<E> opening,
      StreamOutlet<E> outlet) {
    this.runtime = runtime.forCall();
    this.policy = policy;
    this.call = new RetriedCall(runtime, policy, token);
    this.opening = opening;
    this.outlet = outlet;
  }

  /**
   * Begins an attempt.
   *
   * @param <E> the elements
   */
  @FunctionalInterface
  interface Opening<E> {

    /** Has the elements of an attempt, and its end, arrive at {@code attempt}. */
    void open(Attempt<E> attempt) throws Throwable;
  }

  /**
   * Makes the first attempt.
   *
   * @param introduction what has to happen before anything else does
   */
  void start(Runnable introduction) {
    var first = new Attempt<>(this);
    turns.run(
        () -> {
          handOn(introduction);
          if (over) {
            return;
          }
          CancelledException cancelled = RetriedCall.cancelledBefore(runtime, policy, call.token());
          if (cancelled == null) {
            call.onCancel(() -> turns.run(this::cancelledByToken));
            begin(first);
          } else {
            fail(cancelled);
          }
        });
    first.open();
  }

  private void begin(Attempt<E> next) {
    attempt = next;
    next.source = CancellationSource.childOf(call.token());
    long limit = call.attemptLimitNanos();
    if (limit != Long.MAX_VALUE) {
      next.timer = schedule(limit, () -> handOver(() -> outOfTime(next)));
    }
  }

  private @Nullable Registration schedule(long nanos, Runnable action) {
    try {
      return runtime.clock().schedule(nanos, action);
    } catch (Throwable e) {
      fail(call.rejected(e));
      return null;
    }
  }

  /** Takes so much more demand; anything that is not positive is against the rules. */
  void request(long elements) {
    turns.run(
        () -> {
          if (over) {
            return;
          }
          if (elements <= 0) {
            var error = new IllegalArgumentException("rule 3.9: asked for " + elements);
            if (!completed && failure == null) {
              call.brokenOff(error);
            }
            fail(error);
          } else {
            demand = elements >= UNBOUNDED - demand ? UNBOUNDED : demand + elements;
            drain();
          }
        });
  }

  /** Ends the call without a word to the outlet. */
  void cancel() {
    turns.run(this::cancelled);
  }

  private void cancelled() {
    if (!over) {
      boolean ended = completed || failure != null;
      end(() -> {});
      if (!ended) {
        call.cancelled();
      }
    }
  }

  private void cancelledByToken() {
    if (!over && !completed && failure == null) {
      fail(call.cancelled());
    }
  }

  private void outOfTime(Attempt<E> late) {
    if (late == attempt && !delivered) {
      attempt = null;
      late.abandon();
      judge(new CancellationException("The attempt was given up"), true, false);
    }
  }

  private void opened(Attempt<E> opened, Subscription subscription) {
    if (opened == attempt && opened.subscription == null) {
      opened.subscription = subscription;
      requestMore();
    } else {
      subscription.cancel();
    }
  }

  private void arrived(Attempt<E> from, E element, boolean preamble) {
    if (from != attempt) {
      return;
    }
    if (from.outstanding != UNBOUNDED && from.outstanding > 0) {
      from.outstanding--;
    }
    held.add(element);
    if (!preamble && !delivered) {
      delivered = true;
      from.stopTimer();
    }
    drain();
  }

  private void completed(Attempt<E> from) {
    if (from == attempt) {
      attempt = null;
      from.end();
      completed = true;
      delivered = true; // a preamble without content is all there is
      call.succeeded();
      drain();
    }
  }

  private void failed(Attempt<E> from, Throwable error, boolean nested) {
    if (from == attempt) {
      attempt = null;
      from.end();
      judge(error, false, nested);
    }
  }

  private void judge(Throwable thrown, boolean timedOut, boolean nested) {
    Throwable error = Stages.unwrap(thrown);
    GiveUpReason obstacle = nested ? GiveUpReason.RETRIED_INSIDE : null;
    Throwable end = call.failed(error, timedOut, delivered ? GiveUpReason.DELIVERED : obstacle);
    if (end == null) {
      held.clear();
      waitForNext();
    } else if (delivered) {
      failure = end == error ? thrown : end;
      drain();
    } else {
      fail(end == error ? thrown : end);
    }
  }

  private void waitForNext() {
    long delay = call.delayNanos();
    if (delay == 0) {
      later(this::goOn);
    } else {
      wait = schedule(delay, () -> later(this::goOn));
    }
  }

  private void goOn() {
    if (over) {
      return;
    }
    wait = null;
    Throwable end = call.waited();
    if (end != null) {
      fail(end);
      return;
    }
    var next = new Attempt<>(this);
    begin(next);
    if (!over) {
      turns.afterwards(() -> execute(() -> LaterAttempts.run(this, next::open)));
    }
  }

  /** Ends an attempt, in turn, and not on the clock's thread if that can be helped. */
  private void handOver(Runnable timeOut) {
    try {
      runtime.executor().execute(() -> turns.run(timeOut));
    } catch (Throwable e) {
      Log.warning("An executor refused to end an attempt; the clock's thread does so", e);
      turns.run(timeOut);
    }
  }

  /** Has something happen in turn, and on a thread of the executor. */
  private void later(Runnable action) {
    execute(() -> turns.run(action));
  }

  private void execute(Runnable work) {
    try {
      runtime.executor().execute(work);
    } catch (Throwable e) {
      turns.run(
          () -> {
            if (!over) {
              fail(call.rejected(e));
            }
          });
    }
  }

  /** Hands on what there is demand for, then the end if it has come. */
  private void drain() {
    while (!over && delivered && demand > 0 && !held.isEmpty()) {
      if (demand != UNBOUNDED) {
        demand--;
      }
      E element = held.remove();
      handOn(() -> requireOutlet().next(element));
    }
    if (over) {
      return;
    }
    if (delivered && held.isEmpty() && failure != null) {
      fail(failure);
    } else if (delivered && held.isEmpty() && completed) {
      StreamOutlet<E> last = requireOutlet();
      end(last::completed);
    } else {
      requestMore();
    }
  }

  /** What is held back meets no demand: it may still be dropped, or there is no demand for it. */
  private void requestMore() {
    Attempt<E> source = attempt;
    if (source == null || source.subscription == null) {
      return;
    }
    if (demand > source.outstanding) {
      long more = demand == UNBOUNDED ? UNBOUNDED : demand - source.outstanding;
      source.outstanding = demand;
      Subscription subscription = source.subscription;
      turns.afterwards(() -> source.asking.run(() -> ask(source, subscription, more)));
    }
  }

  /** All that is asked for may come before this returns, and is not to wait for that turn. */
  private void ask(Attempt<E> source, Subscription subscription, long more) {
    try {
      subscription.request(more);
    } catch (Throwable e) {
      turns.run(() -> failed(source, e, false));
    }
  }

  /** Whatever kept a turn from being taken must not keep the call from ending. */
  private void broken(Throwable error) {
    if (!over) {
      fail(call.brokenOff(error));
    }
  }

  private void fail(Throwable error) {
    StreamOutlet<E> last = requireOutlet();
    end(() -> call.deliver(() -> last.failed(error)));
  }

  /** Lets go of everything, and says the last word. */
  private void end(Runnable lastWord) {
    over = true;
    outlet = null;
    held.clear();
    Attempt<E> running = attempt;
    attempt = null;
    if (running != null) {
      running.abandon();
    }
    if (wait != null) {
      Stages.close(wait);
    }
    call.close();
    handOn(lastWord);
  }

  /** Whoever hears must not throw; one that does hears no more. */
  private void handOn(Runnable news) {
    try {
      news.run();
    } catch (Throwable e) {
      if (outlet != null && outlet.hearsOfItsOwnFailure()) {
        fail(call.brokenOff(e));
      } else {
        Log.warning("What hears of " + policy.name() + " failed, and hears no more", e);
        cancelled();
      }
    }
  }

  private StreamOutlet<E> requireOutlet() {
    return Objects.requireNonNull(outlet, "the call is over");
  }

  /**
   * Where the elements of one attempt arrive, from any thread. What comes after its end is dropped.
   *
   * @param <E> the elements
   */
  static final class Attempt<E> {

    private final StreamCall<E> call;

    /** Rule 2.7: one after another; and the stack does not grow with the elements. */
    private final Turns asking;

    private long begun;
    private @Nullable CancellationSource source;
    private @Nullable Registration timer;
    private @Nullable Subscription subscription;
    private long outstanding;

    private Attempt(StreamCall<E> call) {
      this.call = call;
      this.asking = new Turns(error -> call.turns.run(() -> call.broken(error)));
    }

    /** Returns the attempt's own token. */
    CancellationToken token() {
      return Objects.requireNonNull(source, "the attempt has not begun").token();
    }

    /** Takes what asks for elements and ends the attempt; where there is none, all may come. */
    void opened(Subscription opened) {
      call.turns.run(() -> call.opened(this, opened));
    }

    void next(E element, boolean preamble) {
      call.turns.run(() -> call.arrived(this, element, preamble));
    }

    void completed() {
      call.turns.run(() -> call.completed(this));
    }

    /** Takes an element that is the end, so that nothing can come between. */
    void completed(E end) {
      call.turns.run(
          () -> {
            call.arrived(this, end, false);
            call.completed(this);
          });
    }

    void failed(Throwable error) {
      boolean nested = RetriedCall.retriedInsideSince(begun, error);
      call.turns.run(() -> call.failed(this, error, nested));
    }

    private void open() {
      if (call.over) {
        return;
      }
      begun = RetriedCall.now();
      try {
        call.opening.open(this);
      } catch (Throwable e) {
        boolean nested = RetriedCall.retriedInsideSince(begun, e);
        call.turns.run(() -> call.failed(this, e, nested));
      }
    }

    private void stopTimer() {
      if (timer != null) {
        Stages.close(timer);
      }
    }

    private void end() {
      stopTimer();
      if (source != null) {
        source.detach();
      }
    }

    private void abandon() {
      stopTimer();
      if (source != null) {
        source.cancel();
      }
      if (subscription != null) {
        try {
          subscription.cancel();
        } catch (Throwable e) {
          Log.warning("A subscription failed to be cancelled", e);
        }
      }
    }
  }
}
