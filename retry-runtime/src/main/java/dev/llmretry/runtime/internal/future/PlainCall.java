package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.Attempt;

/**
 * An asynchronous call that takes neither a token nor an attempt, so no attempt object is created.
 *
 * @param <R> the future type
 */
public interface PlainCall<R> extends AsyncCall<R> {

  /** Starts an attempt. */
  R call() throws Throwable;

  @Override
  default R call(Attempt attempt) throws Throwable {
    return call();
  }
}
