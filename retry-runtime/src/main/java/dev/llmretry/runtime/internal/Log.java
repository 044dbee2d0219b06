package dev.llmretry.runtime.internal;

import java.lang.System.Logger.Level;

/**
 * The runtime's logger. Looking it up costs start-up time: this class is not used until it speaks.
 */
public final class Log {

  private static final System.Logger LOGGER = System.getLogger("dev.llmretry");

  private Log() {}

  /** Returns whether anybody reads what {@link #debug} is told. */
  public static boolean isDebug() {
    return LOGGER.isLoggable(Level.DEBUG);
  }

  /** Logs at DEBUG. */
  public static void debug(String message) {
    LOGGER.log(Level.DEBUG, message);
  }

  /** Logs at WARNING that something of the user's failed, and was passed over. */
  public static void warning(String message, Throwable problem) {
    LOGGER.log(Level.WARNING, message, problem);
  }
}
