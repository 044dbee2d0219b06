package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.upstream.Waiter;

/** A future that waits for its upstream to admit an attempt. */
final class FutureWaiter extends Waiter {

  private final RetryFuture<?> future;
  private volatile boolean rejected;

  FutureWaiter(RetryFuture<?> future, RetryExecution execution) {
    super(execution);
    this.future = future;
  }

  @Override
  protected void onAdmitted() {
    close();
    future.onAdmitted(this);
  }

  @Override
  protected void onRefused(GiveUpReason reason) {
    close();
    future.onRefused(this);
  }

  @Override
  protected void onRejected(Throwable rejection) {
    rejected = true;
    future.onRejected(this, rejection);
  }

  /** Returns whether the clock has rejected a timer, so that the call has ended. */
  boolean isRejected() {
    return rejected;
  }
}
