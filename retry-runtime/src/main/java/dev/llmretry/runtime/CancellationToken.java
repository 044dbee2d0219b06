package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.cancellation.NeverCancelledToken;

/**
 * Asked by long calls whether they should still go on. A {@link CancellationSource} cancels it,
 * once and for good.
 *
 * <p>Implementations must be safe for use by any thread.
 */
public interface CancellationToken {

  /** {@return a token that is never cancelled} */
  static CancellationToken none() {
    return NeverCancelledToken.INSTANCE;
  }

  /** {@return whether this token has been cancelled} */
  boolean isCancelled();

  /**
   * Has {@code action} run once when this token is cancelled, by the thread that cancels it; by the
   * calling thread, before this method returns, if it is cancelled already. That may be a timer
   * thread: the action must be short and must not block. One that interrupts a thread must be taken
   * back before that thread goes on to something else.
   *
   * @param action what to run
   * @return what takes the action back; close it once the action is no longer wanted, or it stays
   *     referenced for as long as the token lives
   */
  Registration onCancel(Runnable action);

  /**
   * Does nothing unless this token has been cancelled.
   *
   * @throws CancelledException if it has
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancelledException("cancelled");
    }
  }
}
