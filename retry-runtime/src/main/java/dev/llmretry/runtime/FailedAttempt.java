package dev.llmretry.runtime;

import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed.
 *
 * @param number the number of the attempt, from 1
 * @param error the error that the attempt threw
 * @param failure the classification of the error
 * @param delay the delay before the next attempt; null if no other attempt follows
 */
public record FailedAttempt(
    int number, Throwable error, Failure failure, @Nullable Duration delay) {

  /**
   * Creates a failed attempt.
   *
   * @param number the number of the attempt, from 1
   * @param error the error that the attempt threw
   * @param failure the classification of the error
   * @param delay the delay before the next attempt; null if no other attempt follows
   */
  public FailedAttempt {
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(failure, "failure");
  }
}
