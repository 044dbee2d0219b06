package dev.llmretry.providertests;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a failure is taken for.
 *
 * @param kind its kind
 * @param retryAfter how long the provider asks to wait, or null
 */
record Verdict(FailureKind kind, @Nullable Duration retryAfter) {

  private static final RetryRuntime RUNTIME =
      RetryRuntime.builder().clock(new RecordingClock(ProviderTest.START)).build();

  /** Classifies an exception. Answers that name a time are compared to that of the tests. */
  static Verdict of(Throwable error) {
    Failure failure = RUNTIME.classify(error);
    return new Verdict(failure.kind(), failure.retryAfter());
  }

  /** Parses {@code RATE_LIMITED} or {@code RATE_LIMITED 1m30s}. */
  static Verdict parse(String text) {
    String[] parts = text.split(" ", 2);
    return new Verdict(
        FailureKind.valueOf(parts[0]), parts.length == 1 ? null : parseWait(parts[1]));
  }

  /** Parses a wait such as {@code 1h30m}, {@code 90s} or {@code 0.456s}. */
  static Duration parseWait(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return retryAfter == null ? kind.toString() : kind + " after " + retryAfter;
  }
}
