package dev.llmretry.runtime;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests in which things misbehave on purpose: their warnings would only hide others. */
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {

  /** The JDK holds loggers weakly, and a level with them. */
  private static final Logger LOGGER = Logger.getLogger("dev.llmretry");

  @Override
  public void beforeAll(ExtensionContext tests) {
    LOGGER.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    LOGGER.setLevel(null);
  }
}
