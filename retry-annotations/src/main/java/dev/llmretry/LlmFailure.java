package dev.llmretry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Implemented by an exception that classifies itself.
 *
 * <p>The methods are called on the thread on which the attempt failed, possibly several times, and
 * should not throw. One that throws is ignored; the other still counts.
 */
public interface LlmFailure {

  /**
   * {@return the kind of failure; {@link FailureKind#UNKNOWN} to leave the classification to other
   * rules}
   */
  FailureKind kind();

  /**
   * {@return the delay that the provider asked for, or null for none} Zero and negative values
   * count as null.
   */
  default @Nullable Duration retryAfter() {
    return null;
  }
}
