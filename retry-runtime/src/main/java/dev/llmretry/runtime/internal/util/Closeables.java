package dev.llmretry.runtime.internal.util;

/** Closes what must not keep a call from ending if it fails to close. */
public final class Closeables {

  /** The warning for a registration with a token. */
  public static final String REGISTRATION = "A token failed to remove a registration";

  /** The warning for a timer. */
  public static final String TIMER = "A clock failed to cancel a timer";

  private Closeables() {}

  /** Closes {@code closeable}; if that fails, {@code message} is logged. */
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
