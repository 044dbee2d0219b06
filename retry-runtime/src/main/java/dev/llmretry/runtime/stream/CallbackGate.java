package dev.llmretry.runtime.stream;

import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one attempt and a callback that it hands elements to while it runs. Made for
 * generated code, which retries the method as long as nothing has passed.
 *
 * <p>Elements come one at a time, from any thread, as they would come to the callback itself.
 */
public final class CallbackGate {

  private final RetryPolicy policy;
  private final List<Runnable> held = new ArrayList<>();
  private volatile boolean delivered;
  private volatile boolean closed;

  /** Makes the gate for one attempt. */
  public CallbackGate(RetryPolicy policy) {
    this.policy = policy;
  }

  /** Holds back what announces a stream, unless elements have passed. */
  public void announcement(Runnable delivery) {
    pass(true, delivery);
  }

  /** Hands on an element, after all that was held back; holds it back if it is preamble. */
  public void element(@Nullable Object element, Runnable delivery) {
    pass(policy.isPreamble(element), delivery);
  }

  private void pass(boolean preamble, Runnable delivery) {
    if (closed) {
      return;
    }
    if (preamble && !delivered) {
      held.add(delivery);
      return;
    }
    release();
    delivery.run();
  }

  /** Ends an attempt that has returned: what is still held back is handed on. */
  public void completed() {
    if (!closed) {
      release();
      closed = true;
    }
  }

  /**
   * Ends an attempt that has failed: what is held back is dropped, and so is what comes after.
   *
   * @return whether elements have passed, so that there must be no retry
   */
  public boolean failed() {
    closed = true;
    return delivered;
  }

  private void release() {
    delivered = true;
    if (!held.isEmpty()) {
      List<Runnable> all = List.copyOf(held);
      held.clear();
      all.forEach(Runnable::run);
    }
  }
}
