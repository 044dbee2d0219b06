package dev.llmretry.runtime;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was tried before an error was thrown: the one suppressed exception of this type that
 * every exception carries that a retried call throws after an attempt. Stackless.
 *
 * <p>An exception object that several calls throw has one trace, of the call that threw it last.
 * One whose suppression is disabled carries none.
 */
public final class RetryTrace extends Exception {

  private static final long serialVersionUID = 1;

  /** Guards that an exception shared by threads gets one trace; held for moments only. */
  private static final ReentrantLock ATTACHING = new ReentrantLock();

  /** What was tried. */
  private volatile RetryReport report;

  private RetryTrace(RetryReport report) {
    super(null, null, false, false);
    this.report = report;
  }

  /**
   * Adds a trace to an error as a suppressed exception, or replaces the report of the trace that it
   * carries already. Called by the runtime for each terminal error.
   *
   * @param error the terminal error of a retried call
   * @param report what was tried
   */
  public static void attach(Throwable error, RetryReport report) {
    ATTACHING.lock();
    try {
      RetryTrace trace = find(error);
      if (trace == null) {
        error.addSuppressed(new RetryTrace(report));
      } else {
        trace.report = report;
      }
    } finally {
      ATTACHING.unlock();
    }
  }

  /**
   * {@return the trace that {@code error} carries, or null if it carries none}
   *
   * @param error what a retried call threw
   */
  public static @Nullable RetryTrace find(Throwable error) {
    for (Throwable suppressed : error.getSuppressed()) {
      if (suppressed instanceof RetryTrace trace) {
        return trace;
      }
    }
    return null;
  }

  /** {@return what was tried} */
  public RetryReport report() {
    return report;
  }

  /** Returns the {@link #report} in words. */
  @Override
  public String getMessage() {
    return report.toString();
  }

  /**
   * The failures may not be serializable, and must not keep the error from being so.
   *
   * @return a trace without them
   */
  private Object writeReplace() {
    RetryReport full = report;
    return new RetryTrace(
        new RetryReport(full.method(), full.attempts(), full.reason(), List.of()));
  }
}
