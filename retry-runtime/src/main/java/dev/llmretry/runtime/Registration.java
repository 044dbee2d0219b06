package dev.llmretry.runtime;

/**
 * A registered or scheduled action that can be cancelled. Implementations must be safe for use by
 * several threads.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  /**
   * Cancels it: an action that has not started will not run. Does not wait for a running action.
   * Further calls have no effect.
   */
  @Override
  void close();
}
