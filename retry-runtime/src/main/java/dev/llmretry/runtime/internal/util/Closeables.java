package dev.llmretry.runtime.internal.util;

/** Closes resources whose failure to close must not affect the call. */
public final class Closeables {

  /** The warning for a registration with a token. */
  public static final String REGISTRATION = "A token failed to remove a registration";

  /** The warning for a timer. */
  public static final String TIMER = "A clock failed to cancel a timer";

  private Closeables() {}

  /** Closes {@code closeable}; if that fails, logs {@code message}. */
  public static void closeLogging(AutoCloseable closeable, String message) {
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
