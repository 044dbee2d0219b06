package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.AttemptTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether a call has gone as it should, from what its attempts have noted, and from nothing
 * that the runtime says. Where a time-out, a deadline, or another thread may have come in between,
 * both ways are right, but only where it can have: times are taken outside of what the runtime
 * takes, and its waits are never shorter than asked for.
 */
final class Oracle {

  /**
   * How late a call may be after its deadline, or after it was stopped, on a machine that is busy:
   * less than the waits that are to be cut short.
   */
  static final long TOLERANCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long DEADLINE_NANOS = TimeUnit.MILLISECONDS.toNanos(Settings.DEADLINE_MS);
  private static final long TIMEOUT_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Settings.ATTEMPT_TIMEOUT_MS);

  private final Call call;
  private final int attempts;
  private final boolean wasStopped;

  private Oracle(Call call) {
    this.call = call;
    this.attempts = call.attempts;
    this.wasStopped = call.stopped != Long.MAX_VALUE;
  }

  /** Returns what is wrong with a call that is over, or null. */
  static String judge(Call call) {
    return new Oracle(call).judge();
  }

  private String judge() {
    if (call.ends.get() != 1) {
      return "ended " + call.ends + " times";
    }
    if (call.stop == Stop.BEFORE) {
      return attempts == 0 && isCancellation() ? null : "was made though cancelled before";
    }
    if (attempts > Settings.MAX + 1) {
      return "made " + attempts + " attempts";
    }
    for (int i = 0; i < attempts - 1; i++) {
      String wrong = judgeRetry(i);
      if (wrong != null) {
        return wrong;
      }
    }
    if (call.timed && lateness() > TOLERANCE_NANOS) {
      return "ended " + lateness() / 1_000_000 + " ms after its deadline";
    }
    if (wasStopped && call.ended - call.stopped > TOLERANCE_NANOS) {
      return "went on for " + (call.ended - call.stopped) / 1_000_000 + " ms after it was stopped";
    }
    return judgeEnd();
  }

  /** Returns by how much a call missed its deadline. */
  private long lateness() {
    return call.ended - call.started - DEADLINE_NANOS;
  }

  private String judgeRetry(int attempt) {
    Fault fault = call.fault(attempt);
    if (!fault.passes() && !mayBeLate(attempt)) {
      return "retried after " + fault;
    }
    if (call.stop == Stop.IN_ATTEMPT) {
      return "retried though cancelled";
    }
    long wait =
        mayBeLate(attempt)
            ? Math.min(call.waitNanos(attempt), Call.backoffNanos(attempt))
            : call.waitNanos(attempt);
    long waited = call.began[attempt + 1] - earliestEnd(attempt);
    if (waited < wait) {
      return "waited less than asked for after " + fault;
    }
    return waited > wait + TOLERANCE_NANOS ? "waited much longer than asked for" : null;
  }

  private String judgeEnd() {
    if (isCancellation() && wasStopped) {
      return null;
    }
    if (attempts == 0) {
      boolean unseen = call.error instanceof AttemptTimeoutException && mayBeOver(0);
      return unseen ? null : "made no attempt, and failed with " + call.error;
    }
    int last = attempts - 1;
    Fault fault = call.fault(last);
    if (call.error == null) {
      return fault == Fault.NONE && call.result == call ? null : "succeeded after " + fault;
    }
    boolean late = mayBeLate(last);
    if (call.error != call.errors[last]
        && !(late && call.error instanceof AttemptTimeoutException)) {
      return "failed with " + call.error + " after " + fault;
    }
    boolean mayEnd =
        (!fault.passes() && fault != Fault.STALLED)
            || mayBeOver(attempts)
            || deadlineMayBeOver(last)
            || (wasStopped && !fault.passes());
    return mayEnd ? null : "gave up after " + fault;
  }

  private boolean isCancellation() {
    return call.error instanceof CancellationException;
  }

  /**
   * Returns whether the attempt can have run out of time: there was so much from one to the next.
   */
  private boolean mayBeLate(int attempt) {
    long to = attempt + 1 < attempts ? call.began[attempt + 1] : call.ended;
    return call.timed
        && (to - earliestBegin(attempt) >= TIMEOUT_NANOS || deadlineMayBeOver(attempt));
  }

  /** Returns when an attempt can have begun, in the eyes of the runtime. */
  private long earliestBegin(int attempt) {
    return attempt == 0 ? call.started : earliestEnd(attempt - 1);
  }

  /** Returns when an attempt can have been over; one that never finishes has run out of time. */
  private long earliestEnd(int attempt) {
    long finished = call.finished[attempt];
    if (!call.timed) {
      return finished;
    }
    long outOfTime = earliestBegin(attempt) + TIMEOUT_NANOS;
    return finished == 0 ? outOfTime : Math.min(finished, outOfTime);
  }

  /**
   * Returns whether all attempts may have been made, of which the delegate has seen so many: others
   * may have run out of time before they reached it.
   */
  private boolean mayBeOver(int seen) {
    int unseen = Settings.MAX + 1 - seen;
    return unseen == 0 || (call.timed && call.ended - call.started >= unseen * TIMEOUT_NANOS);
  }

  private boolean deadlineMayBeOver(int last) {
    long wait = Math.max(call.waitNanos(last), Call.backoffNanos(last));
    return call.timed && call.ended - call.started + wait >= DEADLINE_NANOS;
  }
}
