package dev.llmretry.runtime.internal.stream;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.upstream.Waiter;

/** A stream that waits for its upstream to admit an attempt. */
final class StreamWaiter extends Waiter {

  private final RetryStream<?> stream;

  StreamWaiter(RetryStream<?> stream, RetryExecution execution) {
    super(execution);
    this.stream = stream;
  }

  @Override
  protected void onAdmitted() {
    close();
    stream.onAdmitted(this);
  }

  @Override
  protected void onRefused(GiveUpReason reason) {
    close();
    stream.onRefused(this);
  }

  @Override
  protected void onRejected(Throwable rejection) {
    stream.onRejected(rejection);
  }
}
