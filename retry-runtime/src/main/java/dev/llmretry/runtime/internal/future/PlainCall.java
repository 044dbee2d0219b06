package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.internal.execution.RetryExecution;

/**
 * An asynchronous call that takes neither a token nor an attempt, so no attempt object is created.
 *
 * @param <R> the future type
 */
public interface PlainCall<R> extends AsyncCall<R> {

  /**
   * Starts an attempt.
   *
   * @param route the index of its route; 0 if there is only one
   */
  R start(int route) throws Throwable;

  @Override
  default R call(Attempt attempt) throws Throwable {
    return start(RetryExecution.routeOf(attempt));
  }
}
