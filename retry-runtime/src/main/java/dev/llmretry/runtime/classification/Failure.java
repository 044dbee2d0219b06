package dev.llmretry.runtime.classification;

import dev.llmretry.FailureKind;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an exception means for a retry.
 *
 * @param kind what went wrong
 * @param retryAfter how long the provider asked to wait, more than zero; or null if it did not ask
 * @param statusCode the HTTP status, or 0 where none is known
 * @param reason what told the kind, in a few words for logs and traces, such as {@code HTTP 503}
 */
public record Failure(
    FailureKind kind, @Nullable Duration retryAfter, int statusCode, String reason)
    implements FailureInfo {

  /**
   * Makes a failure.
   *
   * @throws IllegalArgumentException if {@code retryAfter} is zero or negative
   * @param kind what went wrong
   * @param retryAfter how long the provider asked to wait, more than zero; or null if it did not
   *     ask
   * @param statusCode the HTTP status, or 0 where none is known
   * @param reason what told the kind, in a few words for logs and traces
   */
  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    if (retryAfter != null && (retryAfter.isNegative() || retryAfter.isZero())) {
      throw new IllegalArgumentException(
          "retryAfter is " + retryAfter + "; a provider's wait is more than zero, null for none");
    }
  }

  /**
   * {@return a failure of which no more than the kind is known}
   *
   * @param kind what went wrong
   * @param reason what told the kind, in a few words for logs and traces
   */
  public static Failure of(FailureKind kind, String reason) {
    return new Failure(kind, null, 0, reason);
  }
}
