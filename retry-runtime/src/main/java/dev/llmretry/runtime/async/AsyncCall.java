package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import java.util.function.BooleanSupplier;

/**
 * A call that returns before it is done, made once for each attempt.
 *
 * @param <R> what stands for what is still to come: a stage, a publisher, …
 */
@FunctionalInterface
public interface AsyncCall<R> {

  /**
   * Begins an attempt.
   *
   * @return what stands for what is still to come
   * @throws Throwable if it fails at once
   */
  R call() throws Throwable;

  /**
   * Begins an attempt with its own token, which it may ignore.
   *
   * @param attempt the attempt's own token, cancelled when the attempt is given up
   * @return what stands for what is still to come
   * @throws Throwable if it fails at once
   */
  default R call(CancellationToken attempt) throws Throwable {
    return call();
  }

  /**
   * Begins an attempt that may hand on elements before it is done.
   *
   * @param attempt the attempt's own token
   * @param elementsMayBegin to be asked, by any thread, before the first element of content is
   *     handed on: whether the attempt has time left. If so, time does not end it from then on; if
   *     not, it must hand on none
   * @return what stands for what is still to come
   * @throws Throwable if it fails at once
   */
  default R call(CancellationToken attempt, BooleanSupplier elementsMayBegin) throws Throwable {
    return call(attempt);
  }

  /** {@return whether an attempt does anything with its token, which has a cost} */
  default boolean takesToken() {
    return false;
  }

  /**
   * A call that takes a token.
   *
   * @param <R> what stands for what is still to come
   */
  @FunctionalInterface
  interface Cancellable<R> extends AsyncCall<R> {

    /**
     * Begins an attempt that should end soon after {@code attempt} has been cancelled.
     *
     * @throws Throwable if it fails at once
     */
    @Override
    R call(CancellationToken attempt) throws Throwable;

    /** Begins an attempt that is not cancelled. */
    @Override
    default R call() throws Throwable {
      return call(CancellationToken.none());
    }

    @Override
    default boolean takesToken() {
      return true;
    }
  }
}
