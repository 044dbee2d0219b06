package dev.llmretry.runtime.classification;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Classifies exceptions. It is asked before the built-in rules if it is passed to {@link
 * dev.llmretry.runtime.RetryRuntime.Builder#classifier}. Implementations must be safe for use by
 * several threads.
 */
@FunctionalInterface
public interface FailureClassifier {

  /**
   * {@return the classification of {@code error}, or null if this classifier does not recognise it}
   * An exception that this method throws is logged and counts as null.
   *
   * @param error the error of an attempt; the classifier may examine its causes
   * @param time the wall time, for delays given as a date
   */
  @Nullable Failure classify(Throwable error, InstantSource time);
}
