package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.time.Durations;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How a call came to end with an error.
 *
 * @param method the {@linkplain RetryPolicy#name name} of the method
 * @param attempts how many attempts were made; 0 if the call was cancelled before the first
 * @param reason why there are no more
 * @param failures the failed attempts, oldest first; none if the call was cancelled before one had
 *     failed; of a call with very many only the last ones
 * @serial exclude
 */
@SuppressWarnings({"serial", "InvalidBlockTag"}) // a trace serializes its report without failures
public record RetryReport(
    String method, int attempts, GiveUpReason reason, List<FailedAttempt> failures)
    implements Serializable {

  /**
   * Makes a report.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempts how many attempts were made; 0 if the call was cancelled before the first
   * @param reason why there are no more
   * @param failures the failed attempts, oldest first
   */
  public RetryReport {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(reason, "reason");
    failures = List.copyOf(failures);
  }

  /** Says it in one line for the summary, and one for each attempt. */
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

  /**
   * An exception's own {@code toString} may throw anything, and must not make a report unreadable.
   */
  private static String describe(Throwable error) {
    try {
      return error.toString();
    } catch (Throwable e) {
      return error.getClass().getName();
    }
  }
}
