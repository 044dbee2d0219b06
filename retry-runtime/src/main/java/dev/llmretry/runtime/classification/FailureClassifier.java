package dev.llmretry.runtime.classification;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells what an exception means. Implementations must be safe for use by several threads. */
@FunctionalInterface
public interface FailureClassifier {

  /**
   * {@return what {@code error} means, or null if this classifier does not know}
   *
   * @param error what an attempt threw; causes are the classifier's to look at
   * @param time the wall time, for waits given as a date
   */
  @Nullable Failure classify(Throwable error, InstantSource time);
}
