package dev.llmretry.runtime.internal.util;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * The runtime's logger. Looking it up costs start-up time: this class is not used until it speaks.
 */
public final class Log {

  private static final System.Logger LOGGER = System.getLogger("dev.llmretry");

  private Log() {}

  /** Logs at DEBUG. */
  public static void debug(Supplier<String> message) {
    log(() -> LOGGER.log(Level.DEBUG, message));
  }

  /** Logs at WARNING that something of the user's failed, and was passed over. */
  public static void warning(String message, Throwable problem) {
    log(() -> LOGGER.log(Level.WARNING, message, problem));
  }

  private static void log(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      // A logger that fails must not end the call that it logs, and there is nobody else to tell.
    }
  }
}
