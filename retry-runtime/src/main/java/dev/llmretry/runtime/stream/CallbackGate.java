package dev.llmretry.runtime.stream;

import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one attempt and a callback that it hands elements to while it runs. Made for
 * generated code, which retries the method as long as nothing has passed.
 *
 * <p>Elements come one at a time, from any thread, as they would come to the callback itself; that
 * the attempt returns or fails counts as one of them.
 */
public final class CallbackGate {

  private final RetryPolicy policy;
  private final List<Runnable> held = new ArrayList<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.HOLDING);

  /** Null once it is settled: whoever keeps this gate must not keep what it knows of the call. */
  private volatile @Nullable BooleanSupplier mayBegin;

  private enum State {
    HOLDING,
    PASSING,
    /** Before anything has passed: the attempt may be retried. */
    FAILED,
    /** After something has passed. */
    BROKEN_OFF
  }

  /**
   * Makes the gate for one attempt that nothing bounds in time.
   *
   * @param policy tells what is preamble
   */
  public CallbackGate(RetryPolicy policy) {
    this(policy, () -> true);
  }

  /**
   * Makes the gate for one attempt.
   *
   * @param policy tells what is preamble
   * @param mayBegin is asked before anything passes, by the thread that brings it: whether time has
   *     not ended the attempt, and does not from then on. If it has, nothing passes; what it throws
   *     reaches who brings it
   */
  public CallbackGate(RetryPolicy policy, BooleanSupplier mayBegin) {
    this.policy = policy;
    this.mayBegin = mayBegin;
  }

  /**
   * Holds back what announces a stream, unless elements have passed.
   *
   * @param delivery tells the callback
   */
  public void announcement(Runnable delivery) {
    pass(true, delivery);
  }

  /**
   * Hands on an element, after all that was held back; holds it back if it is preamble.
   *
   * @param element the element, for the policy to tell whether it is preamble
   * @param delivery tells the callback
   */
  public void element(@Nullable Object element, Runnable delivery) {
    pass(policy.isPreamble(element), delivery);
  }

  private void pass(boolean preamble, Runnable delivery) {
    if (preamble && state.get() == State.HOLDING) {
      held.add(delivery);
    } else if (release()) {
      delivery.run();
    }
  }

  /**
   * Ends an attempt that has returned: what is still held back is handed on, and so is what comes
   * after, since there will be no retry.
   *
   * @throws CancellationException if the attempt's time was up before anything had passed, or it
   *     has been given up: some of its elements may have been dropped, so that it has failed
   */
  public void completed() {
    if (!release()) {
      throw new CancellationException("The attempt returned too late to hand on its elements");
    }
  }

  /**
   * Ends an attempt that has failed: what is held back is dropped, and so is what comes after.
   *
   * @return whether elements have passed, so that there must be no retry
   */
  public boolean failed() {
    boolean retriable =
        state.compareAndSet(State.HOLDING, State.FAILED) || state.get() == State.FAILED;
    mayBegin = null;
    if (!retriable) {
      state.set(State.BROKEN_OFF);
    }
    return !retriable;
  }

  /** Returns whether elements may pass; from then on the attempt is not retried. */
  private boolean release() {
    BooleanSupplier asked = mayBegin;
    boolean begins = false;
    if (asked != null) {
      boolean inTime = asked.getAsBoolean();
      begins = state.compareAndSet(State.HOLDING, inTime ? State.PASSING : State.FAILED) && inTime;
      mayBegin = null;
    }
    if (!begins && state.get() != State.PASSING) { // what begins passes, though it fail meanwhile
      return false;
    }
    if (!held.isEmpty()) {
      List<Runnable> all = List.copyOf(held);
      held.clear();
      all.forEach(Runnable::run);
    }
    return true;
  }
}
