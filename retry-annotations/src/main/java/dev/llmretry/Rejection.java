package dev.llmretry;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a {@link ResultCheck} rejects a result.
 *
 * @param kind the kind of failure, which determines whether the call is retried
 * @param reason what is wrong, in a few words for logs and traces
 * @param retryAfter the delay that the provider asked for, more than zero; or null for none
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // @serial is Javadoc's
public record Rejection(FailureKind kind, String reason, @Nullable Duration retryAfter)
    implements Serializable {

  /**
   * Creates a rejection.
   *
   * @param kind the kind of failure; not {@link FailureKind#CANCELLED}
   * @param reason what is wrong, in a few words for logs and traces
   * @param retryAfter the delay that the provider asked for, more than zero; or null for none
   * @throws IllegalArgumentException if {@code kind} is {@code CANCELLED}, or {@code retryAfter} is
   *     zero or negative
   */
  public Rejection {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    if (kind == FailureKind.CANCELLED) {
      throw new IllegalArgumentException("A result cannot be rejected as CANCELLED");
    }
    if (retryAfter != null && (retryAfter.isNegative() || retryAfter.isZero())) {
      throw new IllegalArgumentException(
          "retryAfter is " + retryAfter + "; it must be more than zero, or null for none");
    }
  }

  /**
   * {@return a rejection of the kind {@link FailureKind#INVALID_OUTPUT}, which is retried}
   *
   * @param reason what is wrong, in a few words for logs and traces
   */
  public static Rejection of(String reason) {
    return of(FailureKind.INVALID_OUTPUT, reason);
  }

  /**
   * {@return a rejection without a delay}
   *
   * @param kind the kind of failure, such as {@link FailureKind#CONTENT_FILTERED} for a refusal
   *     that another attempt would repeat
   * @param reason what is wrong, in a few words for logs and traces
   */
  public static Rejection of(FailureKind kind, String reason) {
    return new Rejection(kind, reason, null);
  }
}
