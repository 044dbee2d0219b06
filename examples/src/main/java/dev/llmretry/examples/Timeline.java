package dev.llmretry.examples;

import dev.llmretry.HttpFailure;
import dev.llmretry.examples.client.ChatChunk;
import dev.llmretry.examples.client.UncheckedProviderException;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Prints what becomes of a call while it happens: a line for each attempt, with what failed, what
 * that was taken for, and what follows from it. For one call at a time.
 */
final class Timeline implements Spectator {

  private static final int WHAT_WIDTH = 36;

  private final PrintStream out;
  private final BackoffClock clock;
  private long start;
  private boolean inAnswer;

  Timeline(PrintStream out, BackoffClock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Starts the time of the next call. */
  void begin() {
    start = clock.nanoTime();
  }

  /** Ends the line of an answer that came in pieces. */
  synchronized void end() {
    if (inAnswer) {
      out.println();
      inAnswer = false;
    }
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt attempt) {
    printFailure(attempt, nextStep(attempt));
  }

  @Override
  public void onSuccess(RetryEvent event) {
    boolean inPieces =
        event.method().endsWith("." + Call.STREAM.method()); // they are yet to be read
    print("#" + event.attempt() + (inPieces ? "  begins to answer" : "  answered" + by(event)));
  }

  private static String by(RetryEvent event) {
    return event.route() == null ? "" : " by " + event.route();
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    List<FailedAttempt> failures = report.failures();
    FailedAttempt last = failures.isEmpty() ? null : failures.get(failures.size() - 1);
    if (last != null && last.delay() == null) {
      printFailure(last, "stop: " + inWords(report.reason()));
    } else {
      print("    stop: " + inWords(report.reason()));
    }
    if (report.reason() != GiveUpReason.RESULT_REJECTED) {
      onThrown(thrown);
    }
  }

  @Override
  public void onThrown(Throwable thrown) {
    Throwable error = unwrap(thrown);
    print("    throws " + Text.fit(error.getClass().getSimpleName() + message(error), 76));
  }

  private static Throwable unwrap(Throwable error) {
    return error instanceof UncheckedProviderException carrier ? carrier.failure() : error;
  }

  /** Adds to the answer's line, which stays open. */
  @Override
  public synchronized void onChunk(ChatChunk chunk) {
    if (!inAnswer) {
      out.print(line("    "));
      inAnswer = true;
    }
    out.print(Text.of(chunk));
    out.flush();
  }

  @Override
  public void onNote(String note) {
    print("    " + note);
  }

  private static String nextStep(FailedAttempt attempt) {
    Duration delay = attempt.delay();
    if (delay == null) {
      return "";
    }
    if (attempt.route() != null && delay.isZero()) {
      return "next provider";
    }
    boolean asked = attempt.failure().retryAfter() != null;
    return "wait " + Text.seconds(delay) + (asked ? ", as asked" : "");
  }

  private static String inWords(GiveUpReason reason) {
    return switch (reason) {
      case NOT_RETRYABLE -> "would not help";
      case ALREADY_RETRIED -> "retried inside";
      case ELEMENTS_DELIVERED -> "too late to begin anew";
      case DISABLED -> "retries are disabled";
      case RESULT_REJECTED -> "the result is returned";
      case ATTEMPTS_EXHAUSTED -> "last attempt";
      case RETRY_AFTER_TOO_LONG -> "asks too long a wait";
      case BUDGET_EXHAUSTED -> "too many calls fail";
      case HELD_BACK -> "no turn in time";
      case DEADLINE -> "deadline is near";
      case CANCELLED -> "cancelled by the caller";
      case INTERRUPTED -> "interrupted";
      case EXECUTOR_REJECTED -> "no thread for another attempt";
    };
  }

  private void printFailure(FailedAttempt attempt, String next) {
    print(
        Text.format(
            "#%d  %-" + WHAT_WIDTH + "s -> %-15s  %s",
            attempt.number(),
            Text.fit(route(attempt) + describe(attempt), WHAT_WIDTH),
            attempt.failure().kind(),
            next));
  }

  private static String route(FailedAttempt attempt) {
    return attempt.route() == null ? "" : attempt.route() + ": ";
  }

  private static String describe(FailedAttempt attempt) {
    Throwable error = unwrap(attempt.error());
    if (error instanceof HttpFailure http) {
      String code = http.errorCode() == null ? http.errorType() : http.errorCode();
      return "HTTP " + http.statusCode() + (code == null ? "" : " " + code);
    }
    return error instanceof RejectedResultException rejected
        ? rejected.rejection().reason()
        : error.getClass().getSimpleName();
  }

  private static String message(Throwable thrown) {
    return thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
  }

  private synchronized void print(String text) {
    end();
    out.println(line(text));
  }

  private String line(String text) {
    return Text.time(clock.nanoTime() - start) + text;
  }
}
