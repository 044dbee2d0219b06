package dev.llmretry.examples;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints a character for each request while it happens, in lines that begin with a time. For many
 * calls at a time.
 */
final class CrowdTimeline implements RetryListener {

  private static final int WIDTH = 60;
  private static final char ANSWER = '#';
  private static final char REFUSAL = '.';
  private static final char OTHER_FAILURE = 'x';

  private final PrintStream out;
  private final BackoffClock clock;
  private long start;
  private int column;

  CrowdTimeline(PrintStream out, BackoffClock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Starts the time of the next scenario. */
  synchronized void begin() {
    start = clock.nanoTime();
  }

  /** Ends the last line, and adds the result. */
  synchronized void end(CrowdScenario scenario, CrowdOutcome outcome) {
    endLine();
    out.println(
        time()
            + Text.format(
                "%d of %d calls answered, with %d requests",
                outcome.answers(), scenario.callers(), outcome.requests()));
  }

  @Override
  public synchronized void onAttemptEnded(RetryEvent event, @Nullable FailedAttempt failed) {
    if (column == WIDTH) {
      endLine();
    }
    if (column == 0) {
      out.print(time());
    }
    out.print(mark(failed));
    out.flush();
    column++;
  }

  private static char mark(@Nullable FailedAttempt failed) {
    if (failed == null) {
      return ANSWER;
    }
    return failed.failure().kind() == FailureKind.RATE_LIMITED ? REFUSAL : OTHER_FAILURE;
  }

  private void endLine() {
    if (column > 0) {
      out.println();
      column = 0;
    }
  }

  private String time() {
    return Text.time(clock.nanoTime() - start);
  }
}
