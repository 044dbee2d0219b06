package dev.llmretry.runtime.internal.util;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's logger. It is looked up when it is first used, as that adds to the start-up time,
 * and not in a static initializer: after a failed one, each use of this class would fail. A look-up
 * that fails is repeated.
 */
public final class Log {

  private static volatile System.@Nullable Logger logger;

  private Log() {}

  /** Logs at DEBUG. */
  public static void debug(Supplier<String> message) {
    log(Level.DEBUG, message, null);
  }

  /** Logs at WARNING a failure of user code that is otherwise ignored. */
  public static void warning(String message, Throwable problem) {
    log(Level.WARNING, () -> message, problem);
  }

  private static void log(Level level, Supplier<String> message, @Nullable Throwable problem) {
    try {
      System.Logger target = logger();
      if (problem == null) {
        target.log(level, message);
      } else {
        target.log(level, message, problem);
      }
    } catch (Throwable e) {
      // A logger that cannot be obtained, or fails, must not end the call.
    }
  }

  private static System.Logger logger() {
    System.Logger known = logger;
    if (known == null) {
      known = System.getLogger("dev.llmretry");
      logger = known;
    }
    return known;
  }
}
