package dev.llmretry.runtime;

/**
 * A call that returns before it is done, made once for each attempt.
 *
 * @param <R> what stands for the result: a stage, a publisher, …
 */
@FunctionalInterface
public interface AsyncCall<R> {

  /**
   * Begins an attempt.
   *
   * @param attempt the attempt, with its own token; it should end soon after the token is cancelled
   * @return what stands for the result
   * @throws Throwable if the attempt fails at once
   */
  R call(Attempt attempt) throws Throwable;
}
