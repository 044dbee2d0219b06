package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.Log;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one blocking call that is being retried. Made for generated code, which calls it in
 * one of two ways. Where attempts are not bounded in time, nothing is allocated until one fails:
 *
 * <pre>{@code
 * boolean observed = RetryLoop.begin(runtime, POLICY, token);
 * long begun = RetryLoop.now();
 * RetryLoop retries = null;
 * while (true) {
 *   try {
 *     Answer answer = delegate.ask(question, token);
 *     if (observed) {
 *       RetryLoop.succeeded(runtime, POLICY, retries);
 *     }
 *     return answer;
 *   } catch (Exception e) {
 *     if (retries == null) {
 *       retries = new RetryLoop(runtime, POLICY, token, begun);
 *     }
 *     if (!retries.awaitRetry(e)) {
 *       throw e;
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Where they are, each attempt has a token and a timer of its own:
 *
 * <pre>{@code
 * RetryLoop retries = RetryLoop.timed(runtime, POLICY, token);
 * while (true) {
 *   CancellationToken attempt = retries.beginAttempt();
 *   try {
 *     Answer answer = delegate.ask(question, attempt);
 *     retries.succeeded();
 *     return answer;
 *   } catch (Exception e) {
 *     if (!retries.awaitRetry(e)) {
 *       throw e;
 *     }
 *   } finally {
 *     retries.endAttempt();
 *   }
 * }
 * }</pre>
 *
 * <p>To be used by one thread.
 */
public final class RetryLoop {

  /** A report does not grow without bound: this many failures before the last one are kept. */
  private static final int REPORTED_FAILURES = 32;

  private final RetryRuntime runtime;
  private final RetryPolicy policy;
  private final CancellationToken token;
  private final ArrayDeque<FailedAttempt> failures = new ArrayDeque<>(4);
  private final long startNanos;
  private long attemptBegun;
  private int attempt = 1;
  private long previousDelay;
  private @Nullable AttemptTimer timer;

  /**
   * Makes the state of a call whose first attempt has just failed.
   *
   * @param token the call's own token, or null
   * @param begun what {@link #now} returned before the first attempt
   */
  public RetryLoop(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token, long begun) {
    this(runtime, policy, token, begun, 0);
  }

  private RetryLoop(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      long begun,
      long startNanos) {
    this.runtime = runtime;
    this.policy = policy;
    this.token = EitherToken.of(runtime.token(), token);
    this.attemptBegun = begun;
    this.startNanos = startNanos;
  }

  /**
   * Begins a call whose attempts are not bounded in time.
   *
   * @param token the call's own token, or null
   * @return whether there is anybody to tell of a success; a constant to the JIT compiler as long
   *     as all runtimes are standard ones
   * @throws CancelledException if the call is cancelled already
   */
  public static boolean begin(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    if (token != null && token.isCancelled()) {
      throw cancelledBeforeFirstAttempt(runtime, policy);
    }
    return !runtime.isStandard() && beginInCustomRuntime(runtime, policy);
  }

  private static boolean beginInCustomRuntime(RetryRuntime runtime, RetryPolicy policy) {
    if (runtime.token().isCancelled()) {
      throw cancelledBeforeFirstAttempt(runtime, policy);
    }
    return runtime.listener() != null;
  }

  /** Returns a moment, for the constructor to know what has been given up on since. */
  public static long now() {
    return GiveUps.now();
  }

  /**
   * Begins a call with a deadline or a time-out for each attempt.
   *
   * @param token the call's own token, or null
   * @throws CancelledException if the call is cancelled already
   */
  public static RetryLoop timed(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    begin(runtime, policy, token);
    return new RetryLoop(runtime, policy, token, now(), runtime.clock().nanoTime());
  }

  private static CancelledException cancelledBeforeFirstAttempt(
      RetryRuntime runtime, RetryPolicy policy) {
    var cancelled =
        new CancelledException(policy.name() + " was cancelled before its first attempt");
    var report = new RetryReport(policy.name(), 0, GiveUpReason.CANCELLED, List.of());
    tell(runtime, listener -> listener.onGiveUp(report, cancelled));
    return cancelled;
  }

  /** Starts the timer of the next attempt, and returns the token for it. */
  public CancellationToken beginAttempt() {
    long limit = policy.attemptTimeoutNanos();
    if (policy.deadlineNanos() != Nanos.UNLIMITED) {
      limit = Math.min(limit, policy.deadlineNanos() - elapsed());
    }
    timer = new AttemptTimer(runtime.clock(), limit, token);
    return timer.token();
  }

  /** Stops the timer of the attempt, if it still runs, and takes back its interrupt. */
  public void endAttempt() {
    stopTimer();
  }

  /** Returns whether the attempt had run out of time. */
  private boolean stopTimer() {
    AttemptTimer running = timer;
    timer = null;
    return running != null && running.end();
  }

  /** Ends the attempt and notes that it returned a result. */
  public void succeeded() {
    endAttempt();
    succeeded(runtime, policy, this);
  }

  /**
   * Notes that an attempt returned a result, in a runtime in which there is anybody to tell.
   *
   * @param retries the state of the call, or null if no attempt has failed
   */
  public static void succeeded(
      RetryRuntime runtime, RetryPolicy policy, @Nullable RetryLoop retries) {
    int attempts = retries == null ? 1 : retries.attempt;
    tell(runtime, listener -> listener.onSuccess(policy.name(), attempts));
  }

  /**
   * Decides whether a failed attempt is followed by another, and waits until it is time for that.
   *
   * @param error what the attempt threw
   * @return whether to make another attempt; if not, {@code error} is to be thrown
   * @throws CancelledException if the call is cancelled, or the thread interrupted, before or
   *     during the wait; the interrupt flag is set in the latter case
   * @throws AttemptTimeoutException if {@code error} is no more than the attempt's answer to its
   *     time-out
   */
  public boolean awaitRetry(Exception error) {
    try {
      return decideAndWait(error);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancelledException cancelled =
          new CancelledException(policy.name() + " was interrupted while it waited", error);
      giveUp(GiveUpReason.INTERRUPTED, cancelled);
      throw cancelled;
    }
  }

  /**
   * As {@link #awaitRetry}, for methods that declare {@link InterruptedException}.
   *
   * @throws InterruptedException if the thread is interrupted before or during the wait; its cause
   *     is {@code error}
   */
  public boolean awaitRetryInterruptibly(Exception error) throws InterruptedException {
    try {
      return decideAndWait(error);
    } catch (InterruptedException e) {
      var interrupted =
          new InterruptedException(policy.name() + " was interrupted while it waited");
      interrupted.initCause(error);
      giveUp(GiveUpReason.INTERRUPTED, interrupted);
      throw interrupted;
    }
  }

  private boolean decideAndWait(Exception thrown) throws InterruptedException {
    boolean timedOut = stopTimer();
    Failure failure = runtime.classify(thrown);
    Exception error = thrown;
    RuntimeException replacement = null;
    if (timedOut) {
      String reason = "attempt " + attempt + " ran out of time";
      if (failure.kind() == FailureKind.CANCELLED) {
        replacement = new AttemptTimeoutException(policy.name() + ": " + reason, thrown);
        error = replacement;
      }
      failure = Failure.of(FailureKind.TIMEOUT, reason);
    }
    RetryDecision decision =
        RetryDecision.decide(
            policy,
            error,
            failure,
            GiveUps.since(attemptBegun, error),
            attempt,
            policy.deadlineNanos() == Nanos.UNLIMITED ? 0 : elapsed(),
            previousDelay,
            policy.jitter() == Jitter.NONE ? 0 : runtime.random());
    GiveUpReason reason = decision.giveUp();
    if (reason == null) {
      Duration delay = Duration.ofNanos(decision.delayNanos());
      reason = await(new FailedAttempt(attempt, error, failure, delay), delay);
      if (reason == null) {
        attempt++;
        previousDelay = decision.delayNanos();
        attemptBegun = GiveUps.now();
        return true;
      }
    } else {
      add(new FailedAttempt(attempt, error, failure, null));
    }
    boolean endedByToken = failure.kind() == FailureKind.CANCELLED || error != thrown;
    if (endedByToken && token.isCancelled()) {
      reason = GiveUpReason.CANCELLED;
    }
    if (reason == GiveUpReason.CANCELLED && failure.kind() != FailureKind.CANCELLED) {
      replacement = new CancelledException(policy.name() + " was cancelled", error);
    }
    giveUp(reason, replacement == null ? error : replacement);
    if (replacement != null) {
      throw replacement;
    }
    return false;
  }

  /** Returns why the next attempt must not be made after all, or null once it is time for it. */
  private @Nullable GiveUpReason await(FailedAttempt failed, Duration delay)
      throws InterruptedException {
    add(failed);
    if (token.isCancelled()) {
      return GiveUpReason.CANCELLED;
    }
    Log.debug(() -> describe(failed, delay));
    tell(runtime, listener -> listener.onRetry(policy.name(), failed));
    runtime.clock().sleep(Nanos.of(delay), token);
    if (token.isCancelled()) {
      return GiveUpReason.CANCELLED;
    }
    boolean late = policy.deadlineNanos() != Nanos.UNLIMITED && elapsed() >= policy.deadlineNanos();
    return late ? GiveUpReason.DEADLINE : null;
  }

  private long elapsed() {
    return runtime.clock().nanoTime() - startNanos;
  }

  private void add(FailedAttempt failed) {
    if (failures.size() > REPORTED_FAILURES) {
      failures.removeFirst();
    }
    failures.addLast(failed);
  }

  private void giveUp(GiveUpReason reason, Throwable thrown) {
    var report = new RetryReport(policy.name(), attempt, reason, List.copyOf(failures));
    RetryTrace.attach(thrown, report);
    if (wasRetriedInVain(reason)) {
      GiveUps.add(thrown);
    }
    tell(runtime, listener -> listener.onGiveUp(report, thrown));
  }

  /**
   * Returns whether a retry around this one would repeat what has been tried here. What was refused
   * at once has not been tried, and what was cancelled was perhaps only out of the outer attempt's
   * time.
   */
  private boolean wasRetriedInVain(GiveUpReason reason) {
    return switch (reason) {
      case CANCELLED, INTERRUPTED -> false;
      case NOT_RETRYABLE ->
          attempt > 1 && failures.getLast().failure().kind() != FailureKind.CANCELLED;
      default -> true;
    };
  }

  private String describe(FailedAttempt failed, Duration delay) {
    Failure failure = failed.failure();
    return String.format(
        "retry method=%s attempt=%d delay_ms=%d reason=%s (%s)",
        policy.name(), failed.number(), delay.toMillis(), failure.kind(), failure.reason());
  }

  private static void tell(RetryRuntime runtime, Consumer<RetryListener> event) {
    RetryListener listener = runtime.listener();
    if (listener != null) {
      try {
        event.accept(listener);
      } catch (Exception | Error e) {
        Log.warning("A retry listener failed; the call goes on as without it", e);
      }
    }
  }
}
