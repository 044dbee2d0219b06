package dev.llmretry.runtime;

import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed.
 *
 * @param number which attempt of the call it was, from 1
 * @param error what it threw
 * @param failure what that means
 * @param delay how long the call waits before the next attempt, unless it ends meanwhile; null if
 *     there is to be none
 */
public record FailedAttempt(
    int number, Throwable error, Failure failure, @Nullable Duration delay) {

  /**
   * Makes a failed attempt.
   *
   * @param number which attempt of the call it was, from 1
   * @param error what it threw
   * @param failure what that means
   * @param delay how long the call waits before the next attempt, unless it ends meanwhile; null if
   *     there is to be none
   */
  public FailedAttempt {
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(failure, "failure");
  }
}
