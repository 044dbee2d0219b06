package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.internal.execution.RetryRules;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.util.DisplayText;
import dev.llmretry.runtime.internal.util.Throwables;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The attempts of a call that ended with an error. Immutable. Can be serialized whatever the errors
 * of the attempts are: see {@link FailedAttempt}.
 *
 * @param method the {@linkplain RetryPolicy#name name} of the method
 * @param attempts the number of attempts; 0 if the call ended before the first
 * @param reason why the call was not retried further
 * @param failures the failed attempts, oldest first; only the first and the last 32 if there are
 *     more than 33
 * @param waitDuration how long the call has waited for its {@link Upstream}, without its own delays
 * @serial exclude
 */
@SuppressWarnings({"serial", "InvalidBlockTag"}) // the lists of List.copyOf are serializable
public record RetryReport(
    String method,
    int attempts,
    GiveUpReason reason,
    List<FailedAttempt> failures,
    Duration waitDuration)
    implements Serializable {

  /**
   * Creates a report.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempts the number of attempts; 0 if the call ended before the first
   * @param reason why the call was not retried further
   * @param failures the failed attempts, oldest first
   * @param waitDuration how long the call has waited for its {@link Upstream}
   */
  public RetryReport {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(reason, "reason");
    failures = List.copyOf(failures);
    Objects.requireNonNull(waitDuration, "waitDuration");
  }

  /**
   * Creates a report of a call that has not waited for its {@link Upstream}.
   *
   * @param method the {@linkplain RetryPolicy#name name} of the method
   * @param attempts the number of attempts; 0 if the call ended before the first
   * @param reason why the call was not retried further
   * @param failures the failed attempts, oldest first
   */
  public RetryReport(
      String method, int attempts, GiveUpReason reason, List<FailedAttempt> failures) {
    this(method, attempts, reason, failures, Duration.ZERO);
  }

  /**
   * Returns a line with the method, the number of attempts, the reason (with advice if the last
   * exception was not recognised) and the time that it waited for its upstream, followed by a line
   * for each failed attempt. Messages are cut after about 500 characters. Control characters, line
   * separators and invisible format characters in them are escaped, so a message cannot forge a
   * line.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(DisplayText.of(method, DisplayText.SHORT));
    text.append(" gave up after ").append(attempts);
    text.append(attempts == 1 ? " attempt: " : " attempts: ").append(reason.description());
    if (reason == GiveUpReason.NOT_RETRYABLE && isUnknown()) {
      text.append(
          " (let the exception implement HttpFailure or LlmFailure, or add retry-providers)");
    }
    if (!waitDuration.isZero()) {
      text.append("; waited for its upstream ").append(waitDuration.toMillis()).append(" ms");
    }
    int previous = 0;
    for (FailedAttempt failed : failures) {
      int omitted = failed.number() - previous - 1;
      if (previous > 0 && omitted > 0) {
        text.append("\n  ... ").append(omitted).append(" more");
      }
      previous = failed.number();
      append(text, failed);
    }
    return text.toString();
  }

  private boolean isUnknown() {
    if (failures.isEmpty()) {
      return false;
    }
    FailedAttempt last = failures.get(failures.size() - 1);
    return last.failure().kind() == FailureKind.UNKNOWN
        && last.error() instanceof Exception
        && !RetryRules.isExcluded(last.failure());
  }

  private void append(StringBuilder text, FailedAttempt failed) {
    text.append("\n  #").append(failed.number()).append(failed.hedge() ? " hedge " : " ");
    if (failed.route() != null) {
      text.append(DisplayText.of(failed.route(), DisplayText.SHORT)).append(' ');
    }
    text.append(failed.failure().kind());
    text.append(" (")
        .append(DisplayText.of(failed.failure().reason(), DisplayText.SHORT))
        .append(')');
    if (failed.delay() != null) {
      text.append(failed.number() < attempts ? ", waited " : ", was to wait ");
      text.append(Durations.format(failed.delay()));
    }
    text.append(": ").append(DisplayText.of(Throwables.textOf(failed.error()), DisplayText.LONG));
  }
}
