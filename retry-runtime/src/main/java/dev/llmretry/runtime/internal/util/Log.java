package dev.llmretry.runtime.internal.util;

import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's logger. It is looked up when it is first used, as that adds to the start-up time,
 * and not in a static initializer: after a failed one, each use of this class would fail. A look-up
 * that fails is repeated.
 *
 * <p>Warnings with the same text, about exceptions of the same class, are logged once a minute at
 * most. The first has the stack trace; a later one, the number of those that were left out.
 */
public final class Log {

  private static volatile System.@Nullable Logger logger;

  private static volatile WarningLimits limits = new WarningLimits(System::nanoTime);

  private Log() {}

  /** Logs at DEBUG. */
  public static void debug(Supplier<String> message) {
    log(Level.DEBUG, message, null);
  }

  /** Logs at WARNING. */
  public static void warning(String message) {
    warn(message, message, null);
  }

  /** Logs at WARNING a failure of user code that is otherwise ignored. */
  public static void warning(String message, Throwable problem) {
    warn(message + '\n' + problem.getClass().getName(), message, problem);
  }

  /**
   * Logs at WARNING what several callers notice, each in its own way: it is one warning.
   *
   * @param source what it is about
   * @param problem what has gone wrong, if that is known
   */
  public static void warningOf(String source, String message, @Nullable Throwable problem) {
    warn(source, message, problem);
  }

  /**
   * Forgets which warnings were logged, for tests.
   *
   * @param nanoTime the time source from now on
   */
  public static void resetWarnings(LongSupplier nanoTime) {
    limits = new WarningLimits(nanoTime);
  }

  private static void warn(String source, String message, @Nullable Throwable problem) {
    try {
      long leftOut = limits.request(source);
      if (leftOut == 0) {
        log(Level.WARNING, () -> message, problem);
      } else if (leftOut != WarningLimits.LEFT_OUT) {
        log(Level.WARNING, () -> repeated(message, problem, leftOut), null);
      }
    } catch (Throwable e) {
      // As in log: a stack overflow, for instance.
    }
  }

  private static String repeated(String message, @Nullable Throwable problem, long leftOut) {
    String reason =
        problem == null ? "" : ": " + DisplayText.of(Throwables.textOf(problem), DisplayText.LONG);
    return message + reason + " (" + leftOut + " more since the last such warning)";
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
