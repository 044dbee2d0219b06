package dev.llmretry.runtime.classification;

import dev.llmretry.FailureKind;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The classification of an exception.
 *
 * @param kind the kind of failure
 * @param retryAfter the delay that the provider asked for, more than zero; or null for none
 * @param statusCode the HTTP status, or 0 if there is none
 * @param reason what determined the kind, in a few words for logs and traces, such as {@code HTTP
 *     503}
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // @serial is Javadoc's
public record Failure(
    FailureKind kind, @Nullable Duration retryAfter, int statusCode, String reason)
    implements FailureInfo, Serializable {

  /**
   * Creates a failure.
   *
   * @param kind the kind of failure
   * @param retryAfter the delay that the provider asked for, more than zero; or null for none
   * @param statusCode the HTTP status, or 0 if there is none
   * @param reason what determined the kind, in a few words for logs and traces
   * @throws IllegalArgumentException if {@code retryAfter} is zero or negative
   */
  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    if (retryAfter != null && (retryAfter.isNegative() || retryAfter.isZero())) {
      throw new IllegalArgumentException(
          "retryAfter is " + retryAfter + "; it must be more than zero, or null for none");
    }
  }

  /**
   * {@return a failure without a delay and a status}
   *
   * @param kind the kind of failure
   * @param reason what determined the kind, in a few words for logs and traces
   */
  public static Failure of(FailureKind kind, String reason) {
    return new Failure(kind, null, 0, reason);
  }
}
