package dev.llmretry.reactor;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.execution.AttemptScope;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import java.util.concurrent.atomic.AtomicBoolean;

/** The scope of an attempt. Its time limit is applied by a Reactor operator. */
final class SequenceAttempt extends AttemptScope {

  private final Registration cancellation;
  private final AtomicBoolean decided = new AtomicBoolean();
  private volatile boolean abandoned;

  /**
   * Creates the scope of an attempt.
   *
   * @param execution the call
   * @param callEnd cancelled when the call is, and when its subscriber cancels
   */
  SequenceAttempt(RetryExecution execution, CancellationToken callEnd) {
    super(execution);
    cancellation = callEnd.onCancel(this::cancel);
  }

  /** The attempt has completed or failed. */
  void onTerminated() {
    cancellation.close();
    end();
  }

  /** The subscription to the attempt has been cancelled. */
  void abandon() {
    abandoned = true;
    cancellation.close();
    cancel();
  }

  /**
   * Returns whether the caller decides about the attempt: the time-out, or the check that has
   * rejected an element, whichever comes first.
   */
  boolean tryDecide() {
    return decided.compareAndSet(false, true);
  }

  boolean isAbandoned() {
    return abandoned;
  }

  @Override
  protected void onTimedOut() {}
}
