package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.internal.future.PlainCall;

/**
 * A call of a method that returns a future, and takes neither a token nor an attempt.
 *
 * @param <R> the future type
 */
@FunctionalInterface
public interface FutureCall<R> extends PlainCall<R> {

  /**
   * {@return the future of an attempt}
   *
   * @throws Throwable if the attempt fails at once
   */
  R call() throws Throwable;

  @Override
  default R start(int route) throws Throwable {
    return call();
  }
}
