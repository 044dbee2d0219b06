package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.stream.PreambleBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate between one attempt and the callback to which it emits elements, for generated code. The
 * method is retried as long as nothing has been emitted.
 *
 * <p>The methods may be called by any thread, but not concurrently, as for the callback itself.
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

  /** Cleared once it has been called, so that a retained gate does not retain the call. */
  private volatile @Nullable BooleanSupplier emissionGuard;

  /**
   * Creates the gate of an attempt without a time limit.
   *
   * @param policy has the preamble predicate
   */
  public CallbackGate(RetryPolicy policy) {
    this(policy, () -> true);
  }

  /**
   * Creates the gate of an attempt.
   *
   * @param policy has the preamble predicate
   * @param emissionGuard called before the first element is emitted, by the emitting thread:
   *     returns true, and keeps the attempt from timing out, unless the attempt has timed out. If
   *     it returns false, nothing is emitted; an exception that it throws is thrown to the attempt
   */
  public CallbackGate(RetryPolicy policy, BooleanSupplier emissionGuard) {
    this.policy = policy;
    this.emissionGuard = emissionGuard;
  }

  /**
   * Holds back an announcement of the stream, unless elements have been emitted.
   *
   * @param delivery notifies the callback
   */
  public void announcement(Runnable delivery) {
    emit(true, delivery);
  }

  /**
   * Emits an element, after those that were held back; holds it back if it is preamble.
   *
   * @param element the element, passed to the policy's preamble predicate
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
   * Ends an attempt that has returned: emits the elements that are still held back. Later elements
   * are emitted, too, since there will be no retry.
   *
   * @throws CancellationException if the attempt timed out or was abandoned before anything was
   *     emitted. It has failed then, since some of its elements may have been dropped
   */
  public void completed() {
    if (!release()) {
      throw new CancellationException("The attempt returned too late to emit its elements");
    }
  }

  /**
   * Ends an attempt that has failed: drops the elements that are held back and those that arrive
   * later.
   *
   * @return whether elements have been emitted, in which case there must be no retry
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
    // The thread that has changed the state to EMITTING emits its element even if the attempt has
    // failed since.
    if (!begins && state.get() != State.EMITTING) {
      return false;
    }
    for (Runnable held = buffer.poll(); held != null; held = buffer.poll()) {
      held.run();
    }
    return true;
  }
}
