package dev.llmretry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Implemented by an exception that knows what it is.
 *
 * <p>The methods are called on the thread on which the attempt has failed, possibly several times,
 * and should not throw; one that does has said nothing, and the other still counts.
 */
public interface LlmFailure {

  /** {@return what went wrong; {@link FailureKind#UNKNOWN} leaves it to others to tell} */
  FailureKind kind();

  /**
   * {@return how long the provider asked to wait, or null if it did not} Zero or less counts as not
   * asked.
   */
  default @Nullable Duration retryAfter() {
    return null;
  }
}
