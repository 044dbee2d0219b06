package dev.llmretry.reactor;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.upstream.Waiter;
import reactor.core.publisher.MonoSink;

/** A call that waits for its upstream to admit an attempt. */
final class SequenceWaiter extends Waiter {

  private final MonoSink<Boolean> sink;

  SequenceWaiter(RetryExecution execution, MonoSink<Boolean> sink) {
    super(execution);
    this.sink = sink;
  }

  @Override
  protected void onAdmitted() {
    sink.success(true);
  }

  @Override
  protected void onRefused(GiveUpReason reason) {
    sink.error(new RetrySequence.Refused(reason));
  }

  @Override
  protected void onRejected(Throwable rejection) {
    sink.error(new RetrySequence.Rejected(rejection));
  }
}
