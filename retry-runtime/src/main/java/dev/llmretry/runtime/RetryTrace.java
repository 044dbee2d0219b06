package dev.llmretry.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Suppressed exception, without a stack trace, that lists the attempts of a retried call.
 *
 * <p>Every exception that a retried call throws after an attempt has one. If several calls throw
 * the same exception object, its trace is that of the last call. An exception that does not accept
 * suppressed exceptions has none. Safe for use by several threads. A trace does not keep its
 * exception from being serialized, whatever the errors of the attempts are: see {@link
 * FailedAttempt}.
 */
public final class RetryTrace extends Exception {

  private static final long serialVersionUID = 1;

  /** Replaced if another call throws the same exception. */
  private volatile RetryReport report;

  private RetryTrace(RetryReport report) {
    super(null, null, false, false);
    this.report = report;
  }

  /**
   * Adds a trace to an error as a suppressed exception, or replaces the report of its existing
   * trace. Called by the runtime for each terminal error.
   *
   * @param error the terminal error of a retried call
   * @param report the attempts of the call
   */
  public static void attach(Throwable error, RetryReport report) {
    // The monitor that the methods of Throwable take, so that an exception that several threads
    // share gets only one trace. No other lock is held: whoever holds the monitor may be waiting
    // for another call.
    synchronized (error) {
      RetryTrace trace = find(error);
      if (trace == null) {
        error.addSuppressed(new RetryTrace(report));
      } else {
        trace.report = report;
      }
    }
  }

  /**
   * {@return the trace of {@code error}, or null if it has none}
   *
   * @param error the error that a retried call threw
   */
  public static @Nullable RetryTrace find(Throwable error) {
    for (Throwable suppressed : error.getSuppressed()) {
      if (suppressed instanceof RetryTrace trace) {
        return trace;
      }
    }
    return null;
  }

  /** {@return the attempts of the call} */
  public RetryReport report() {
    return report;
  }

  /** Returns the {@link #report} as text. */
  @Override
  public String getMessage() {
    return report.toString();
  }
}
