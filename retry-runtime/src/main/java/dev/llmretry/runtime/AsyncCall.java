package dev.llmretry.runtime;

/**
 * An asynchronous call, made once for each attempt. Later attempts may be made by other threads.
 *
 * @param <R> the asynchronous type, such as a completion stage or a publisher
 */
@FunctionalInterface
public interface AsyncCall<R> {

  /**
   * Starts an attempt.
   *
   * @param attempt the attempt, with its own token; it should end soon after the token is cancelled
   * @return the future or publisher of the attempt; not null
   * @throws Throwable if the attempt fails at once
   */
  R call(Attempt attempt) throws Throwable;
}
