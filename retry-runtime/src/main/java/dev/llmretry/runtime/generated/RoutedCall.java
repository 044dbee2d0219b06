package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.internal.future.PlainCall;

/**
 * A call, by one of several routes, of a method that returns a future, and takes neither a token
 * nor an attempt.
 *
 * @param <R> the future type
 */
@FunctionalInterface
public interface RoutedCall<R> extends PlainCall<R> {

  /**
   * {@return the future of an attempt}
   *
   * @param route the index of its route, from 0
   * @throws Throwable if the attempt fails at once
   */
  @Override
  R start(int route) throws Throwable;
}
