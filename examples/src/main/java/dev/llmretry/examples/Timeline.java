package dev.llmretry.examples;

import dev.llmretry.HttpFailure;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Prints what becomes of a call while it happens: a line for each attempt, with what failed, what
 * that was taken for, and what follows from it. For one call at a time.
 */
final class Timeline implements RetryListener {

  private static final int WHAT_WIDTH = 36;

  private final PrintStream out;
  private final BackoffClock clock;
  private long start;

  Timeline(PrintStream out, BackoffClock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Starts the time of the next call. */
  void begin() {
    start = clock.nanoTime();
  }

  @Override
  public void onRetry(String method, FailedAttempt attempt) {
    printFailure(attempt, nextStep(attempt));
  }

  @Override
  public void onSuccess(String method, int attempts) {
    print("#" + attempts + "  answered");
  }

  @Override
  public void onGiveUp(RetryReport report, Throwable thrown) {
    List<FailedAttempt> failures = report.failures();
    FailedAttempt last = failures.isEmpty() ? null : failures.get(failures.size() - 1);
    if (last != null && last.delay() == null) {
      printFailure(last, "stop: " + inWords(report.reason()));
    } else {
      print("    stop: " + inWords(report.reason()));
    }
    print("    throws " + Text.fit(thrown.getClass().getSimpleName() + message(thrown), 76));
  }

  private static String nextStep(FailedAttempt attempt) {
    Duration delay = attempt.delay();
    if (delay == null) {
      return "";
    }
    boolean asked = attempt.failure().retryAfter() != null;
    return "wait " + Text.seconds(delay) + (asked ? ", as asked" : "");
  }

  private static String inWords(GiveUpReason reason) {
    return switch (reason) {
      case NOT_RETRYABLE -> "would not help";
      case RETRIED_INSIDE -> "retried inside";
      case ATTEMPTS_EXHAUSTED -> "last attempt";
      case RETRY_AFTER_TOO_LONG -> "asks too long a wait";
      case DEADLINE -> "deadline is near";
      case CANCELLED -> "cancelled by the caller";
      case INTERRUPTED -> "interrupted";
    };
  }

  private void printFailure(FailedAttempt attempt, String next) {
    print(
        Text.format(
            "#%d  %-" + WHAT_WIDTH + "s -> %-15s  %s",
            attempt.number(),
            Text.fit(describe(attempt), WHAT_WIDTH),
            attempt.failure().kind(),
            next));
  }

  private static String describe(FailedAttempt attempt) {
    if (attempt.error() instanceof HttpFailure http) {
      String code = http.errorCode() == null ? http.errorType() : http.errorCode();
      return "HTTP " + http.statusCode() + (code == null ? "" : " " + code);
    }
    return attempt.error().getClass().getSimpleName();
  }

  private static String message(Throwable thrown) {
    return thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
  }

  private void print(String text) {
    out.println(Text.format("  %7.3f s  %s", (clock.nanoTime() - start) / 1e9, text));
  }
}
