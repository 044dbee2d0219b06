package dev.llmretry.runtime.internal;

/** Lets go of things whose failure to be let go of must not keep a call from ending. */
public final class Closing {

  private Closing() {}

  /**
   * Closes {@code closeable}; if that fails, {@code message} is logged.
   *
   * @param closeable what to close
   * @param message what failed
   */
  public static void logged(AutoCloseable closeable, String message) {
    try {
      closeable.close();
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      Log.warning(message, e);
    }
  }
}
