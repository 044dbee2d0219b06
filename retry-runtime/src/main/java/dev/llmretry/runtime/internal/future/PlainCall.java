package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.Attempt;

/**
 * An asynchronous call that takes neither a token nor an attempt, so that none is made for it.
 *
 * @param <R> what stands for the result
 */
public interface PlainCall<R> extends AsyncCall<R> {

  /** Begins an attempt. */
  R call() throws Throwable;

  @Override
  default R call(Attempt attempt) throws Throwable {
    return call();
  }
}
