package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.time.Durations;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The attempts of a call that ended with an error. Immutable.
 *
 * @param method the {@linkplain RetryPolicy#name name} of the method
 * @param attempts the number of attempts; 0 if the call was cancelled before the first
 * @param reason why the call was not retried further
 * @param failures the failed attempts, oldest first; only the last 33 if there are more
 * @serial exclude
 */
@SuppressWarnings({"serial", "InvalidBlockTag"}) // a trace serializes its report without failures
public record RetryReport(
    String method, int attempts, GiveUpReason reason, List<FailedAttempt> failures)
    implements Serializable {

  /**
   * Creates a report.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempts the number of attempts; 0 if the call was cancelled before the first
   * @param reason why the call was not retried further
   * @param failures the failed attempts, oldest first
   */
  public RetryReport {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(reason, "reason");
    failures = List.copyOf(failures);
  }

  /**
   * Returns a line with the method, the number of attempts and the reason, followed by a line for
   * each failed attempt.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method);
    text.append(" gave up after ").append(attempts);
    text.append(attempts == 1 ? " attempt: " : " attempts: ").append(reason.description());
    for (FailedAttempt failed : failures) {
      text.append("\n  #").append(failed.number()).append(' ').append(failed.failure().kind());
      text.append(" (").append(failed.failure().reason()).append(')');
      if (failed.delay() != null) {
        text.append(failed.number() < attempts ? ", waited " : ", was to wait ");
        text.append(Durations.format(failed.delay()));
      }
      text.append(": ").append(describe(failed.error()));
    }
    return text.toString();
  }

  /** Falls back to the class name if the exception's own {@code toString} throws. */
  private static String describe(Throwable error) {
    try {
      return error.toString();
    } catch (Throwable e) {
      return error.getClass().getName();
    }
  }
}
