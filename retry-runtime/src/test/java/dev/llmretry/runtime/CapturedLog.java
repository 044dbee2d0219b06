package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.util.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test has the runtime log, from DEBUG on, kept from the console. */
public final class CapturedLog extends Handler implements BeforeEachCallback, AfterEachCallback {

  /** The JDK holds loggers weakly, and a level with them. */
  private static final Logger LOGGER = Logger.getLogger("dev.llmretry");

  /** Several threads may log. */
  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();

  /** Returns what was logged. */
  public List<LogRecord> lines() {
    return lines;
  }

  /** Forgets what was logged, so that each warning is logged anew. */
  public void clear() {
    lines.clear();
    Log.resetWarnings(System::nanoTime);
  }

  /** Returns the texts of the warnings. */
  public List<String> warnings() {
    return lines.stream()
        .filter(line -> line.getLevel().equals(Level.WARNING))
        .map(LogRecord::getMessage)
        .toList();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    clear();
    LOGGER.setLevel(Level.FINE);
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(this);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    LOGGER.removeHandler(this);
    LOGGER.setLevel(null);
    LOGGER.setUseParentHandlers(true);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
