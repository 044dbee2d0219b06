package dev.llmretry.conformance;

import java.util.ResourceBundle;

/** A logging backend that cannot be used, or not at first. */
public final class FailingLoggerFinder extends System.LoggerFinder {

  /** The number of look-ups that fail. */
  static int failures;

  /** The failure of a look-up. */
  static Error failure = new NoClassDefFoundError("org/slf4j/LoggerFactory");

  /** The number of lines that were logged. */
  static int logged;

  @Override
  public System.Logger getLogger(String name, Module module) {
    if (name.startsWith("dev.llmretry") && failures > 0) {
      failures--;
      throw failure;
    }
    return new CountingLogger(name);
  }

  private record CountingLogger(String name) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
      logged++;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      logged++;
    }
  }
}
