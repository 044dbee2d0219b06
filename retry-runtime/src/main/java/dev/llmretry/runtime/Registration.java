package dev.llmretry.runtime;

/** Something that was registered or scheduled and can be taken back. Safe for use by any thread. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  /**
   * Takes it back: what has not begun to run by now never will. Does not wait for what is running.
   * Further calls do nothing.
   */
  @Override
  void close();
}
