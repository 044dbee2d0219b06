package dev.llmretry.benchmarks.soak;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Reports the warnings that the runtime logs, except those that are to be expected. */
final class RuntimeWarnings extends Handler {

  /** Of routes that close, and of invalid reloads. */
  private static final String EXPECTED = "Route route|The settings were not changed";

  /** Kept, as the logging system keeps loggers weakly. */
  private final Logger logger = Logger.getLogger("dev.llmretry");

  private final Consumer<String> violations;

  private RuntimeWarnings(Consumer<String> violations) {
    this.violations = violations;
  }

  /** Reports warnings from now on, instead of printing them. */
  static RuntimeWarnings reportTo(Consumer<String> violations) {
    var warnings = new RuntimeWarnings(violations);
    warnings.logger.setUseParentHandlers(false);
    warnings.logger.addHandler(warnings);
    return warnings;
  }

  @Override
  public void publish(LogRecord logged) {
    boolean isWarning = logged.getLevel().intValue() >= Level.WARNING.intValue();
    if (isWarning && !logged.getMessage().matches("(?s)(" + EXPECTED + ").*")) {
      violations.accept("the runtime warned: " + logged.getMessage() + " " + logged.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
