package dev.llmretry.examples.providers;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Prints a line for each attempt. Metrics and logs are fed in the same way. */
final class AttemptPrinter implements RetryListener {

  private final PrintStream out;

  AttemptPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt attempt) {
    long millis = requireNonNull(attempt.delay(), "a retry has one").toMillis();
    print(attempt, millis == 0 ? "the next at once" : "again in " + millis + " ms");
  }

  @Override
  public void onSuccess(RetryEvent event) {
    out.println("  attempt " + event.attempt() + by(event.route()) + ": answered");
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    String end = "given up, " + report.reason().description();
    if (report.failures().isEmpty()) {
      out.println("  " + end);
    } else {
      print(report.failures().get(report.failures().size() - 1), end);
    }
  }

  private void print(FailedAttempt attempt, String then) {
    String kind = attempt.failure().kind() + " (" + attempt.failure().reason() + ")";
    out.println("  attempt " + attempt.number() + by(attempt.route()) + ": " + kind + ", " + then);
  }

  private static String by(@Nullable String route) {
    return route == null ? "" : " by " + route;
  }
}
