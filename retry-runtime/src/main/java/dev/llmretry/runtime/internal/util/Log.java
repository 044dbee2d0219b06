package dev.llmretry.runtime.internal.util;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * The runtime's logger. It is looked up when this class is first used, as that adds to the start-up
 * time.
 */
public final class Log {

  private static final System.Logger LOGGER = System.getLogger("dev.llmretry");

  private Log() {}

  /** Logs at DEBUG. */
  public static void debug(Supplier<String> message) {
    log(() -> LOGGER.log(Level.DEBUG, message));
  }

  /** Logs at WARNING a failure of user code that is otherwise ignored. */
  public static void warning(String message, Throwable problem) {
    log(() -> LOGGER.log(Level.WARNING, message, problem));
  }

  private static void log(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      // A logger that fails must not end the call.
    }
  }
}
