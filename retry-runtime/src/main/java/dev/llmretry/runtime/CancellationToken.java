package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.cancellation.NeverCancelledToken;

/**
 * Lets a long call check whether it has been cancelled, and run an action when it is. A {@link
 * CancellationSource} cancels a token; it stays cancelled.
 *
 * <p>Implementations must be safe for use by several threads.
 */
public interface CancellationToken {

  /** {@return a token that is never cancelled} */
  static CancellationToken none() {
    return NeverCancelledToken.INSTANCE;
  }

  /** {@return whether this token has been cancelled} */
  boolean isCancelled();

  /**
   * Runs {@code action} once when this token is cancelled, on the thread that cancels it; if the
   * token is cancelled already, on the calling thread before this method returns. The cancelling
   * thread may be a timer thread: the action must be short and must not block. The registration of
   * an action that interrupts a thread must be closed before that thread starts other work.
   *
   * @param action the action
   * @return a registration that removes the action; close it when the action is no longer needed,
   *     as the token keeps a reference to the action until then
   */
  Registration onCancel(Runnable action);

  /**
   * Throws an exception if this token has been cancelled.
   *
   * @throws CancelledException if this token has been cancelled
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancelledException("cancelled");
    }
  }
}
