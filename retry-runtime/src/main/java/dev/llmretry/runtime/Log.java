package dev.llmretry.runtime;

import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;

/** The runtime's logger, which is not looked up until something fails. */
final class Log {

  private static final System.Logger LOGGER = System.getLogger("dev.llmretry");

  private Log() {}

  static void retry(String method, int attempt, Failure failure, Duration delay) {
    if (LOGGER.isLoggable(System.Logger.Level.DEBUG)) {
      LOGGER.log(
          System.Logger.Level.DEBUG,
          "retry method={0} attempt={1} delay_ms={2} reason={3}",
          method,
          Integer.toString(attempt),
          Long.toString(delay.toMillis()),
          failure.kind() + " (" + failure.reason() + ")");
    }
  }

  static void warning(String message, Throwable error) {
    LOGGER.log(System.Logger.Level.WARNING, message, error);
  }
}
