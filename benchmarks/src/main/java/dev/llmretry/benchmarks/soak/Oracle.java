package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.RejectedResultException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Judges a call by the notes of its attempts, and by nothing that the runtime says. Where a
 * time-out, a deadline or another thread may have interfered, several outcomes are right, but only
 * if there was time for that: notes are taken outside of what the runtime measures, and its waits
 * are never shorter than asked for.
 *
 * <p>A <em>round</em> is an attempt, with its hedge if it has one. Notes do not say which attempts
 * are hedges, so a call is right if there is a way to divide its attempts into rounds that follows
 * the rules; likewise if the settings have changed, and one of them explains it.
 */
final class Oracle {

  /**
   * How late a call may be after its deadline, or after it was stopped, on a busy machine: less
   * than the waits that are to be cut short.
   */
  static final long TOLERANCE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final long DEADLINE_NANOS = TimeUnit.MILLISECONDS.toNanos(Settings.DEADLINE_MS);
  private static final long TIMEOUT_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Settings.ATTEMPT_TIMEOUT_MS);
  private static final long HEDGE_NANOS = Settings.HEDGE_AFTER.toNanos();
  private static final long MAX_WAIT_NANOS = Settings.MAX_WAIT.toNanos();
  private static final long MAX_RETRY_AFTER_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Settings.MAX_RETRY_AFTER_MS);

  /** How long a retry is held back while the budget is exhausted. */
  private static final long MAX_HELD_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How long it may take until successes have refilled the budget, and freed all retries. */
  private static final long HELD_TOO_LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** How long another thread may take to see that a pause has begun. */
  private static final long VISIBILITY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Call call;
  private final Mode mode;
  private final Terms terms;
  private final int attempts;
  private final boolean wasStopped;

  /** When the runtime can have asked for each attempt at the earliest. */
  private final long[] earliest;

  /** When the next round began, or the call ended, for each attempt. */
  private final long[] until;

  private Oracle(Call call, Terms terms) {
    this.call = call;
    this.mode = call.scene.mode;
    this.terms = terms;
    this.attempts = call.attempts;
    this.wasStopped = call.stopped != Long.MAX_VALUE;
    this.earliest = new long[attempts + 1];
    this.until = new long[attempts];
    Arrays.fill(until, call.ended);
  }

  /** Returns what is wrong with a call that is over, or null. */
  static String judge(Call call) {
    String wrong = null;
    for (Terms terms : termsOf(call)) {
      wrong = new Oracle(call, terms).judge();
      if (wrong == null) {
        return null;
      }
    }
    return wrong;
  }

  /** What applied when a call first failed applies until its end. */
  private static List<Terms> termsOf(Call call) {
    Reloads reloads = call.scene.reloads;
    long to = call.attempts > 1 ? call.began[1] : call.ended;
    return reloads == null ? List.of(Terms.COMPILED) : reloads.during(call.started, to);
  }

  private String judge() {
    if (call.ends.get() != 1) {
      return "ended " + call.ends + " times";
    }
    if (call.stop == Stop.BEFORE) {
      return attempts == 0 && isCancellation() ? null : "was made though cancelled before";
    }
    if (call.timed && lateness() > TOLERANCE_NANOS) {
      return "ended " + lateness() / 1_000_000 + " ms after its deadline";
    }
    if (wasStopped && call.ended - call.stopped > TOLERANCE_NANOS) {
      return "went on for " + (call.ended - call.stopped) / 1_000_000 + " ms after it was stopped";
    }
    if (isHeldTooLong()) {
      return "was held back for " + (call.ended - call.started) / 1_000_000 + " ms";
    }
    earliest[0] = call.started;
    return attempts == 0 ? judgeUnattempted() : judgeFrom(0, 0);
  }

  /** Returns by how much a call missed its deadline. */
  private long lateness() {
    return call.ended - call.started - DEADLINE_NANOS;
  }

  /**
   * Returns whether an upstream has held back a call for long, though others succeed and the pauses
   * are short. Routes that are closed hold back all calls.
   */
  private boolean isHeldTooLong() {
    boolean mayWaitLong =
        mode.routes() > 1
            || call.scene.pauses(0).latestEnd() > call.started + MAX_RETRY_AFTER_NANOS;
    return mode.isShared() && !mayWaitLong && call.ended - call.started > HELD_TOO_LONG_NANOS;
  }

  private String judgeUnattempted() {
    boolean isTimeout = call.error instanceof AttemptTimeoutException && mayHaveUsed(0);
    boolean isHeldBack =
        call.error instanceof HeldBackException || call.error instanceof AttemptTimeoutException;
    boolean isRight =
        (isCancellation() && wasStopped) || isTimeout || (isHeldBack && mayBeHeldBack());
    return isRight ? null : "made no attempt, and failed with " + call.error;
  }

  /** Judges the rounds that begin with an attempt. */
  private String judgeFrom(int first, int retriesBefore) {
    String wrong = judgeRound(first, first + 1, retriesBefore);
    if (wrong != null && mayBeHedged(first)) {
      earliest[first + 1] = earliest[first] + HEDGE_NANOS;
      wrong = judgeRound(first, first + 2, retriesBefore);
    }
    return wrong;
  }

  /**
   * Returns whether the next attempt may be a hedge: it began late enough, and the attempt can have
   * been running then.
   */
  private boolean mayBeHedged(int first) {
    return mode.isHedged()
        && first + 1 < attempts
        && call.began[first + 1] - earliest[first] >= HEDGE_NANOS;
  }

  /**
   * Judges a round and those after it.
   *
   * @param next the attempt after the round
   * @param retriesBefore how many retries were used up before the round
   */
  private String judgeRound(int first, int next, int retriesBefore) {
    for (int i = first; i < next; i++) {
      until[i] = next < attempts ? call.began[next] : call.ended;
      String wrong = judgeBeginning(i);
      if (wrong != null) {
        return wrong;
      }
    }
    if (retriesBefore > terms.maxRetries() || next > maxAttempts()) {
      return "made " + attempts + " attempts";
    }
    if (next == attempts) {
      return judgeEnd(first, retriesBefore);
    }
    String wrong = judgeRetry(first, next, retriesBefore);
    if (wrong != null) {
      return wrong;
    }
    earliest[next] = endOf(first, next);
    return judgeFrom(next, retriesBefore + (usesRetry(first, next) ? 1 : 0));
  }

  private int maxAttempts() {
    int rounds = (terms.maxRetries() + 1) * (mode.isShared() ? Call.REFUSALS_PER_RETRY : 1);
    return mode.isHedged() ? 2 * rounds : rounds;
  }

  /** Returns whether a round uses up a retry in any case. */
  private boolean usesRetry(int first, int next) {
    for (int i = first; i < next; i++) {
      if (mode.isShared() && call.fault(i).isPushback()) {
        return false;
      }
    }
    return true;
  }

  /** While the provider asks for a pause no attempt begins; another route needs a reason. */
  private String judgeBeginning(int attempt) {
    Pauses pauses = call.scene.pauses(call.routes[attempt]);
    long began = call.began[attempt];
    long pauseEnd = pauses.endAsOf(earliest[attempt] - VISIBILITY_NANOS);
    if (began < pauseEnd) {
      return "began an attempt " + (pauseEnd - began) / 1_000 + " us before the end of a pause";
    }
    for (int route = 0; attempt == 0 && route < call.routes[0]; route++) {
      if (!call.scene.pauses(route).mayLimit()) {
        return "began with route " + call.routes[0] + ", though nothing limited route " + route;
      }
    }
    return null;
  }

  private String judgeRetry(int first, int next, int retriesBefore) {
    long wait = Long.MAX_VALUE;
    boolean isRetried = false;
    for (int i = first; i < next; i++) { // the later failure decides, which may be a time-out
      Fault fault = call.fault(i);
      isRetried |= fault.isRetried() || mayBeLate(i) || canMoveOn(fault);
      wait = Math.min(wait, waitBefore(next, i, retriesBefore));
    }
    if (!isRetried) {
      return "retried after " + call.fault(next - 1);
    }
    if (call.stop == Stop.IN_ATTEMPT) {
      return "retried though cancelled";
    }
    String wrong = judgeRoute(next);
    if (wrong != null) {
      return wrong;
    }
    long end = endOf(first, next);
    if (end == Long.MAX_VALUE) {
      return "made an attempt beside another";
    }
    long waited = call.began[next] - end;
    if (waited < wait) {
      return "waited less than asked for after " + call.fault(next - 1);
    }
    boolean isLate = !mode.isShared() && waited > wait + TOLERANCE_NANOS;
    return isLate ? "waited much longer than asked for" : null;
  }

  /** Returns the shortest wait between an attempt of a round and the next round. */
  private long waitBefore(int next, int attempt, int retriesBefore) {
    int route = call.routes[attempt];
    if (isOnNewRoute(next) || (mode.routes() > 1 && call.scene.pauses(1 - route).mayLimit())) {
      return 0;
    }
    long backoff = terms.backoffNanos(retriesBefore);
    long asked = call.askedNanos(attempt);
    if (asked == 0) {
      return backoff;
    }
    boolean mayBeShorter =
        mayBeLate(attempt)
            || call.routes[next] != route
            || call.scene.pauses(route).wereLiftedSince(earliest[attempt]);
    return mayBeShorter ? Math.min(asked, backoff) : asked;
  }

  /** Returns whether a call moves to another route after a fault that is not retried. */
  private boolean canMoveOn(Fault fault) {
    return mode.routes() > 1 && fault != Fault.NONE;
  }

  /**
   * Returns whether no attempt was made on a route since the call may have backed off, after which
   * it begins with the first route again.
   */
  private boolean isOnNewRoute(int attempt) {
    for (int i = attempt - 1; i >= 0; i--) {
      if (call.routes[i] == call.routes[attempt]) {
        return false;
      }
      if (i > 0 && call.began[i] - endOf(i - 1, i) >= terms.backoffNanos(0)) {
        return true;
      }
    }
    return true;
  }

  private String judgeRoute(int next) {
    int route = call.routes[next];
    for (int i = 0; i < next; i++) {
      boolean isExcluded = mode.routes() > 1 && call.fault(i) == Fault.UNAUTHORIZED;
      if (isExcluded && call.routes[i] == route && !mayBeLate(i)) {
        return "returned to a route after " + call.fault(i);
      }
    }
    Fault last = call.fault(next - 1);
    boolean stays = mode.routes() > 1 && isOnlyRoute(next) && last != Fault.RATE_LIMITED;
    return stays && !call.scene.pauses(1 - route).mayLimit()
        ? "stayed on a route after " + last + ", though nothing limited the other"
        : null;
  }

  /** Returns whether all attempts before one were made on its route. */
  private boolean isOnlyRoute(int next) {
    return Arrays.stream(call.routes, 0, next).allMatch(each -> each == call.routes[next]);
  }

  /** Judges how a call ended with its last round. */
  private String judgeEnd(int first, int retries) {
    if (isCancellation() && wasStopped) {
      return null;
    }
    int last = attempts - 1;
    if (call.error == null) {
      return judgeResult(first, retries);
    }
    boolean isRight = false;
    for (int i = first; i < attempts; i++) {
      isRight |= isErrorOf(i) && (mayEndAfter(i, retries) || mayHaveLate(first, i));
      boolean hasSucceeded = call.finished[i] != 0 && call.fault(i) == Fault.NONE;
      if (hasSucceeded && call.errors[i] == null && !mayBeLate(i)) {
        return "failed with " + call.error + " though an attempt succeeded";
      }
    }
    if (isRight) {
      return null;
    }
    boolean isKnown = call.error == call.errors[last];
    return isKnown
        ? "gave up after " + call.fault(last)
        : "failed with " + call.error + " after " + call.fault(last);
  }

  /** Returns whether another attempt of a round can have run out of time, which ends the call. */
  private boolean mayHaveLate(int first, int except) {
    for (int i = first; i < attempts; i++) {
      if (i != except && mayBeLate(i) && mayEndAfter(i, 0)) {
        return true;
      }
    }
    return false;
  }

  private boolean isErrorOf(int attempt) {
    Throwable error = call.error;
    return (error == call.errors[attempt] && error != null)
        || (error instanceof AttemptTimeoutException && mayBeLate(attempt))
        || (error instanceof RejectedResultException && call.fault(attempt) == Fault.REJECTED);
  }

  private String judgeResult(int first, int retries) {
    if (!(call.result instanceof Answer answer) || answer.call() != call) {
      return "returned " + call.result;
    }
    int attempt = answer.attempt();
    if (attempt < first) {
      return "returned the result of an earlier attempt";
    }
    Fault fault = call.fault(attempt);
    boolean isRight =
        fault == Fault.NONE || (fault == Fault.REJECTED && mayEndAfter(attempt, retries));
    return isRight ? null : "succeeded after " + fault;
  }

  /** Returns whether a call that has failed, or whose result was rejected, may end after that. */
  private boolean mayEndAfter(int attempt, int retries) {
    Fault fault = call.fault(attempt);
    boolean isFinal = !fault.isRetried() && fault != Fault.STALLED && fault != Fault.NONE;
    return isFinal
        || mayHaveUsed(mode.isShared() ? attempts : retries + 1) // a refusal may use up a retry
        || deadlineMayBeOver(attempt)
        || (wasStopped && !fault.isRetried())
        || mayBeHeldBack();
  }

  private boolean isCancellation() {
    return call.error instanceof CancellationException;
  }

  /** Returns whether the attempt can have run out of time: its round was long enough. */
  private boolean mayBeLate(int attempt) {
    return call.timed
        && (until[attempt] - earliest[attempt] >= TIMEOUT_NANOS || deadlineMayBeOver(attempt));
  }

  /**
   * Returns when a round can have been over; the largest {@code long} if an attempt without a time
   * limit was still running.
   */
  private long endOf(int first, int next) {
    long end = Long.MIN_VALUE;
    for (int i = first; i < next; i++) {
      long finished = call.finished[i] == 0 ? Long.MAX_VALUE : call.finished[i];
      end = Math.max(end, call.timed ? Math.min(finished, earliest[i] + TIMEOUT_NANOS) : finished);
    }
    return end;
  }

  /**
   * Returns whether all attempts may have been made, of which so many are known: others may have
   * run out of time before they reached the delegate.
   */
  private boolean mayHaveUsed(int known) {
    int unseen = terms.maxRetries() + 1 - known;
    return unseen <= 0 || (call.timed && call.ended - call.started >= unseen * TIMEOUT_NANOS);
  }

  private boolean deadlineMayBeOver(int last) {
    long wait = Math.max(call.askedNanos(last), terms.backoffNanos(last));
    return call.timed && call.ended - call.started + wait >= DEADLINE_NANOS;
  }

  /**
   * Returns whether the call may have waited in vain for an upstream, or not have begun to wait.
   */
  private boolean mayBeHeldBack() {
    if (!mode.isShared()) {
      return false;
    }
    long took = call.ended - call.started;
    long limit = call.timed ? DEADLINE_NANOS : MAX_RETRY_AFTER_NANOS;
    long pauseEnd = Long.MIN_VALUE;
    for (int route = 0; route < mode.routes(); route++) {
      pauseEnd = Math.max(pauseEnd, call.scene.pauses(route).latestEnd());
    }
    boolean isRefused = pauseEnd >= call.started + limit;
    boolean isTimedOut = call.timed && took >= TIMEOUT_NANOS;
    long maxWait = mode.sharing() == Mode.Sharing.DELEGATE ? MAX_HELD_NANOS : MAX_WAIT_NANOS;
    return took >= maxWait || isRefused || isTimedOut || call.scene.wasCrowded();
  }
}
