package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetriedCall;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.Log;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An attempt with a token of its own, and a time-out if there is one. Its phase is what its
 * content, its result, its time-out, and whoever gives it up compete for.
 *
 * @param <T> what the attempt results in
 */
final class ScopedAttempt<T extends @Nullable Object> extends AtomicReference<ScopedAttempt.Phase>
    implements BiConsumer<T, @Nullable Throwable> {

  private static final long serialVersionUID = 1;

  enum Phase {
    RUNNING,
    /** Content has been handed on: time does not end it any more. */
    DELIVERING,
    /** Its time is up. */
    LATE,
    OVER
  }

  private final transient RetryFuture<T> future;
  private final transient long begun;
  private final transient CancellationSource source;
  private final transient @Nullable Registration timer;
  private transient volatile @Nullable CompletionStage<? extends T> stage;

  /** Begins an attempt. */
  ScopedAttempt(RetryFuture<T> future, RetryRuntime runtime, RetriedCall call, long begun) {
    super(Phase.RUNNING);
    this.future = future;
    this.begun = begun;
    this.source = CancellationSource.childOf(call.token());
    long limit = call.attemptLimitNanos();
    try {
      timer =
          limit == Long.MAX_VALUE
              ? null
              : runtime.clock().schedule(limit, () -> handOver(runtime.executor()));
    } catch (Throwable e) {
      source.detach();
      throw e;
    }
  }

  /** Returns the attempt's own token. */
  CancellationToken token() {
    return source.token();
  }

  /** Listens to the stage of the attempt, which the call has put down as in flight. */
  void follow(CompletionStage<? extends T> followed) {
    stage = followed;
    if (get() == Phase.OVER) { // given up before there was a stage to cancel
      Stages.cancel(followed);
      return;
    }
    try {
      followed.whenComplete(this);
    } catch (Throwable e) {
      fail(followed, e);
    }
    if (get() == Phase.LATE) { // before there was a stage to cancel
      giveUpOn(followed);
    }
  }

  @Override
  public void accept(T result, @Nullable Throwable error) {
    Phase before = getAndSet(Phase.OVER);
    CompletionStage<? extends T> completed = stage;
    if (before != Phase.OVER && completed != null) {
      letGo();
      future.ended(this, completed, result, error, before == Phase.LATE, begun);
    }
  }

  /** Lets the attempt take all the time that it likes, unless its time is up already. */
  boolean elementsMayBegin() {
    if (compareAndSet(Phase.RUNNING, Phase.DELIVERING)) {
      stopTimer();
    }
    return get() == Phase.DELIVERING;
  }

  private void stopTimer() {
    if (timer != null) {
      Stages.close(timer);
    }
  }

  /** What is done when the time is up is not for the clock's thread. */
  private void handOver(Executor executor) {
    if (get() != Phase.RUNNING) {
      return;
    }
    try {
      executor.execute(this::timeOut);
    } catch (Throwable e) {
      Log.warning("An executor refused to end an attempt; the clock's thread does so", e);
      timeOut();
    }
  }

  /** A result that comes in answer to the cancellation is a result. */
  private void timeOut() {
    if (!compareAndSet(Phase.RUNNING, Phase.LATE)) { // while this was in the executor's hands
      return;
    }
    source.cancel();
    CompletionStage<? extends T> late = stage;
    if (late != null) {
      giveUpOn(late);
    }
  }

  private void giveUpOn(CompletionStage<? extends T> late) {
    if (get() != Phase.OVER) {
      Stages.cancel(late);
    }
    fail(late, new CancellationException("The attempt did not end when it was cancelled"));
  }

  private void fail(CompletionStage<? extends T> failed, Throwable error) {
    Phase before = getAndSet(Phase.OVER);
    if (before != Phase.OVER) {
      letGo();
      future.failed(this, failed, error, before == Phase.LATE, begun);
    }
  }

  /**
   * Ends an attempt that has thrown, or whose result is there.
   *
   * @return whether its time was up
   */
  boolean end() {
    Phase before = getAndSet(Phase.OVER);
    letGo();
    return before == Phase.LATE;
  }

  /** Ends an attempt that nobody waits for any more. */
  void abandon() {
    set(Phase.OVER);
    stopTimer();
    source.cancel();
    CompletionStage<? extends T> abandoned = stage;
    if (abandoned != null) {
      Stages.cancel(abandoned);
    }
  }

  private void letGo() {
    stopTimer();
    source.detach();
  }
}
