package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.stream.PreambleBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate between one attempt and the callback that it emits elements to, for generated code. The
 * method is retried as long as nothing has been emitted.
 *
 * <p>Elements arrive one at a time, from any thread, as they would at the callback itself; the end
 * of the attempt counts as one of them.
 */
public final class CallbackGate {

  private enum State {
    HOLDING_BACK,
    EMITTING,
    /** The attempt failed before anything was emitted: it may be retried. */
    FAILED,
    /** The attempt failed after something was emitted. */
    BROKEN_OFF
  }

  private final RetryPolicy policy;
  private final PreambleBuffer<Runnable> buffer = new PreambleBuffer<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.HOLDING_BACK);

  /** Null once it is settled: whoever keeps this gate must not keep the call. */
  private volatile @Nullable BooleanSupplier emissionGuard;

  /**
   * Makes the gate for an attempt without a time limit.
   *
   * @param policy decides what is preamble
   */
  public CallbackGate(RetryPolicy policy) {
    this(policy, () -> true);
  }

  /**
   * Makes the gate for an attempt.
   *
   * @param policy decides what is preamble
   * @param emissionGuard is asked before the first element is emitted, by the thread that brings
   *     it: whether the attempt has not timed out, and will not from then on. If it has, nothing is
   *     emitted; what the guard throws reaches the attempt
   */
  public CallbackGate(RetryPolicy policy, BooleanSupplier emissionGuard) {
    this.policy = policy;
    this.emissionGuard = emissionGuard;
  }

  /**
   * Holds back what announces a stream, unless elements have been emitted.
   *
   * @param delivery notifies the callback
   */
  public void announcement(Runnable delivery) {
    emit(true, delivery);
  }

  /**
   * Emits an element, after all that was held back; holds it back if it is preamble.
   *
   * @param element the element, for the policy to tell whether it is preamble
   * @param delivery notifies the callback
   */
  public void element(@Nullable Object element, Runnable delivery) {
    emit(state.get() == State.HOLDING_BACK && policy.isPreamble(element), delivery);
  }

  private void emit(boolean preamble, Runnable delivery) {
    if (preamble && state.get() == State.HOLDING_BACK) {
      buffer.add(delivery);
    } else if (release()) {
      delivery.run();
    }
  }

  /**
   * Ends an attempt that has returned: what is still held back is emitted, and so is what arrives
   * later, since there will be no retry.
   *
   * @throws CancellationException if the attempt had timed out, or was abandoned, before anything
   *     was emitted: some of its elements may have been dropped, so that it has failed
   */
  public void completed() {
    if (!release()) {
      throw new CancellationException("The attempt returned too late to emit its elements");
    }
  }

  /**
   * Ends an attempt that has failed: what is held back is dropped, and so is what arrives later.
   *
   * @return whether elements have been emitted, so that there must be no retry
   */
  public boolean failed() {
    boolean retryable =
        state.compareAndSet(State.HOLDING_BACK, State.FAILED) || state.get() == State.FAILED;
    emissionGuard = null;
    if (!retryable) {
      state.set(State.BROKEN_OFF);
    }
    return !retryable;
  }

  /** Returns whether elements may be emitted; from then on the attempt is not retried. */
  private boolean release() {
    BooleanSupplier guard = emissionGuard;
    boolean begins = false;
    if (guard != null) {
      boolean inTime = guard.getAsBoolean();
      begins =
          state.compareAndSet(State.HOLDING_BACK, inTime ? State.EMITTING : State.FAILED) && inTime;
      emissionGuard = null;
    }
    if (!begins && state.get() != State.EMITTING) { // what begins is emitted, even on failure
      return false;
    }
    for (Runnable held = buffer.poll(); held != null; held = buffer.poll()) {
      held.run();
    }
    return true;
  }
}
