package dev.llmretry.runtime;

import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.util.SerializableErrors;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed. Can be serialized, whatever the error is: the serialized form has a copy
 * of the error and its causes, with their text, messages and stack traces.
 *
 * @param number the number of the attempt, from 1
 * @param error the error that the attempt threw
 * @param failure the classification of the error
 * @param delay the delay before the next attempt; null if no other attempt follows
 * @param route the name of the {@linkplain Route route} that it took; null if there are none
 * @param hedge whether it was a hedge, which has the number of the attempt beside which it was made
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // @serial is Javadoc's
public record FailedAttempt(
    int number,
    Throwable error,
    Failure failure,
    @Nullable Duration delay,
    @Nullable String route,
    boolean hedge)
    implements Serializable {

  /**
   * Creates a failed attempt.
   *
   * @param number the number of the attempt, from 1
   * @param error the error that the attempt threw
   * @param failure the classification of the error
   * @param delay the delay before the next attempt; null if no other attempt follows
   * @param route the name of the route that it took; null if there are none
   * @param hedge whether it was a hedge
   */
  public FailedAttempt {
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(failure, "failure");
  }

  private Object writeReplace() {
    return new FailedAttempt(
        number, SerializableErrors.copyOf(error), failure, delay, route, hedge);
  }
}
