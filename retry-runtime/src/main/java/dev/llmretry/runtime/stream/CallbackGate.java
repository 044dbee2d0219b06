package dev.llmretry.runtime.stream;

import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one attempt and a callback that it hands elements to while it runs. Made for
 * generated code, which retries the method as long as nothing has passed.
 *
 * <p>Elements come one at a time, from any thread, as they would come to the callback itself.
 */
public final class CallbackGate {

  private final RetryPolicy policy;
  private final Runnable elementsBegan;
  private final List<Runnable> held = new ArrayList<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.HOLDING);

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
    this(policy, () -> {});
  }

  /**
   * Makes the gate for one attempt.
   *
   * @param policy tells what is preamble
   * @param elementsBegan is run once, before the first element of content passes: from then on,
   *     time must not end the attempt
   */
  public CallbackGate(RetryPolicy policy, Runnable elementsBegan) {
    this.policy = policy;
    this.elementsBegan = elementsBegan;
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
   */
  public void completed() {
    release();
  }

  /**
   * Ends an attempt that has failed: what is held back is dropped, and so is what comes after.
   *
   * @return whether elements have passed, so that there must be no retry
   */
  public boolean failed() {
    boolean retriable =
        state.compareAndSet(State.HOLDING, State.FAILED) || state.get() == State.FAILED;
    if (!retriable) {
      state.set(State.BROKEN_OFF);
    }
    return !retriable;
  }

  /** Returns whether elements may pass; from then on the attempt is not retried. */
  private boolean release() {
    if (state.compareAndSet(State.HOLDING, State.PASSING)) {
      elementsBegan.run();
    } else if (state.get() != State.PASSING) {
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
