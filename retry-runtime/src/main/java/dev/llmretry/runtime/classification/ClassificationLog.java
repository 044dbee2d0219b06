package dev.llmretry.runtime.classification;

import java.lang.System.Logger.Level;

/** Looks up its logger only when there is something to say: that costs start-up time. */
final class ClassificationLog {

  private ClassificationLog() {}

  static void warning(String message, Throwable problem) {
    Holder.LOGGER.log(Level.WARNING, message, problem);
  }

  private static final class Holder {
    static final System.Logger LOGGER = System.getLogger("dev.llmretry");
  }
}
