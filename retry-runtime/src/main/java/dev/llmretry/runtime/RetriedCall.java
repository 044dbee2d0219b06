package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.Causes;
import dev.llmretry.runtime.internal.Closing;
import dev.llmretry.runtime.internal.Log;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one retried call has been through, and what follows from that. All ways to retry are built
 * around it, and differ only in how they call and how they wait; it is public for those that live
 * in other libraries. After each failed attempt:
 *
 * <pre>{@code
 * Throwable end = call.failed(error, false, null);
 * if (end == null) {
 *   // ... wait for call.delayNanos() ...
 *   end = call.waited();
 * }
 * if (end != null) {
 *   call.deliver(() -> observer.onError(end));
 * }
 * // ... else make another attempt ...
 * }</pre>
 *
 * <p>What happens to a call happens in turn: not safe for use by several threads at once.
 */
public final class RetriedCall {

  /** A report does not grow without bound: this many failures before the last one are kept. */
  private static final int REPORTED_FAILURES = 32;

  /** Where the clock failed as the call began. */
  private static final long UNKNOWN_START = Long.MIN_VALUE;

  private final RetryRuntime runtime;
  private final RetryPolicy policy;
  private final CancellationToken token;
  private final long startNanos;
  private @Nullable Past last;
  private @Nullable Registration cancellation;

  /**
   * Makes a call that begins now.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token the call's own token, or null
   */
  public RetriedCall(RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    this.runtime = runtime;
    this.policy = policy;
    this.token = EitherToken.of(runtime.token(), token);
    this.startNanos = policy.isTimed() ? startOf(runtime.clock()) : 0;
  }

  /**
   * Checks that a call may begin at all.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return what the call ends with if it is cancelled already, or null
   */
  public static @Nullable CancelledException cancelledBefore(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    if (!GuardedToken.isCancelled(runtime.token()) && !RetryLoop.isCancelled(token)) {
      return null;
    }
    var cancelled =
        new CancelledException(policy.name() + " was cancelled before its first attempt");
    var report = new RetryReport(policy.name(), 0, GiveUpReason.CANCELLED, List.of());
    tell(runtime, listener -> listener.onGiveUp(report, cancelled));
    return cancelled;
  }

  /**
   * Has {@code action} run when the call is cancelled by a token, until {@link #close}. At most
   * once for a call; see {@link CancellationToken#onCancel}.
   *
   * @param action what to run
   */
  public void onCancel(Runnable action) {
    cancellation = token.onCancel(action);
  }

  /** Lets go of the token, once the call is over. */
  public void close() {
    if (cancellation != null) {
      Closing.logged(cancellation, "A token failed to take back a registration");
    }
  }

  /** {@return the token that cancels the call: its own and the runtime's} */
  public CancellationToken token() {
    return token;
  }

  /**
   * {@return how long the attempt that begins now may take, in nanoseconds: the attempt's time-out,
   * or what is left of the deadline} {@link Long#MAX_VALUE} if neither is set.
   */
  public long attemptLimitNanos() {
    return policy.deadlineNanos() == Nanos.UNLIMITED
        ? policy.attemptTimeoutNanos()
        : Math.min(policy.attemptTimeoutNanos(), policy.deadlineNanos() - elapsed());
  }

  /**
   * Decides what follows from a failed attempt, and tells listeners and the log.
   *
   * @param thrown what the attempt ended with
   * @param timedOut whether its time was up before that
   * @param obstacle why a retry is out of the question, as far as only the caller can know: {@link
   *     GiveUpReason#RETRIED_INSIDE}, {@link GiveUpReason#DELIVERED}; or null
   * @return what the call ends with, or null if it is to be retried after {@link #delayNanos}
   */
  public @Nullable Throwable failed(
      Throwable thrown, boolean timedOut, @Nullable GiveUpReason obstacle) {
    int attempt = attempt();
    Failure failure = runtime.classify(thrown);
    Throwable error = thrown;
    boolean stopped = failure.kind() == FailureKind.CANCELLED;
    if (timedOut) {
      String reason = "attempt " + attempt + " ran out of time";
      if (stopped) {
        error = new AttemptTimeoutException(policy.name() + ": " + reason, thrown);
      }
      failure = Failure.of(FailureKind.TIMEOUT, reason);
    }
    RetryDecision decision =
        RetryDecision.decide(
            policy,
            error,
            failure,
            obstacle,
            attempt,
            policy.deadlineNanos() == Nanos.UNLIMITED ? 0 : elapsed(),
            last == null ? 0 : last.delayNanos,
            policy.jitter() == Jitter.NONE ? 0 : runtime.random());
    GiveUpReason reason = decision.giveUp();
    long delay = reason == null ? decision.delayNanos() : Past.NO_DELAY;
    last = new Past(attempt, error, failure, delay, last);
    last.keepEarlier(REPORTED_FAILURES);
    if (token.isCancelled() && (reason == null || stopped)) {
      if (failure.kind() != FailureKind.CANCELLED) {
        return cancelled();
      }
      reason = GiveUpReason.CANCELLED;
    }
    if (reason != null) {
      return giveUp(reason, error);
    }
    FailedAttempt failed = last.toAttempt();
    Log.debug(() -> describe(failed));
    tell(runtime, listener -> listener.onRetry(policy.name(), failed));
    return null;
  }

  /** {@return how long to wait before the next attempt, in nanoseconds; 0 for not at all} */
  public long delayNanos() {
    return last == null ? 0 : last.delayNanos;
  }

  /**
   * Checks, once the wait is over, that it was not in vain.
   *
   * @return what the call ends with, or null if the next attempt is to be made
   */
  public @Nullable Throwable waited() {
    if (token.isCancelled()) {
      return cancelled();
    }
    if (policy.deadlineNanos() != Nanos.UNLIMITED && elapsed() >= policy.deadlineNanos()) {
      return giveUp(GiveUpReason.DEADLINE, lastError());
    }
    if (last != null) {
      last.followed = true;
    }
    return null;
  }

  /**
   * Notes that the call has been cancelled.
   *
   * @return what the call ends with
   */
  public CancelledException cancelled() {
    String message = policy.name() + " was cancelled";
    CancelledException cancelled =
        last == null
            ? new CancelledException(message)
            : new CancelledException(message, last.error);
    giveUp(GiveUpReason.CANCELLED, cancelled);
    return cancelled;
  }

  /**
   * Notes that whoever hears of the call breaks it off with an error of its own.
   *
   * @param error what the one who hears of the call failed with
   * @return that error
   */
  public Throwable brokenOff(Throwable error) {
    return giveUp(GiveUpReason.CANCELLED, error);
  }

  /**
   * Notes that the executor, or the clock, refuses to go on.
   *
   * @param refusal what the executor or the clock threw
   * @return what the call ends with: the last attempt's error, or the refusal if no attempt has
   *     failed
   */
  public Throwable rejected(Throwable refusal) {
    Log.warning("The executor of " + policy.name() + " refused to go on", refusal);
    return giveUp(GiveUpReason.REJECTED, last == null ? refusal : last.error);
  }

  /** Notes that an attempt returned a result. */
  public void succeeded() {
    succeeded(runtime, policy, attempt());
  }

  /**
   * Notes that the first attempt of a call returned a result.
   *
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   */
  public static void succeededAtOnce(RetryRuntime runtime, RetryPolicy policy) {
    succeeded(runtime, policy, 1);
  }

  private static void succeeded(RetryRuntime runtime, RetryPolicy policy, int attempts) {
    tell(runtime, listener -> listener.onSuccess(policy.name(), attempts));
  }

  /**
   * Runs what hands on the error that this call ends with. A retry around this one that hears of it
   * meanwhile, on this thread, knows by {@link #retriedInsideSince} that it has been retried.
   *
   * @param delivery hands the error on
   */
  public void deliver(Runnable delivery) {
    if (last != null && last.retriedInVain) {
      GiveUps.deliver(last.error, delivery);
    } else {
      delivery.run();
    }
  }

  /**
   * {@return whether a retry is just {@linkplain #deliver handing on} this error, or one of its
   * causes, on this thread} For those that do not know when their attempt began; else {@link
   * #retriedInsideSince} tells more.
   *
   * @param error the error that has arrived
   */
  public static boolean isBeingDelivered(Throwable error) {
    return GiveUps.isBeingDelivered(error, Long.MIN_VALUE);
  }

  /** {@return whether a retry is just {@linkplain #deliver handing on} anything on this thread} */
  public static boolean isDelivering() {
    return GiveUps.isDelivering();
  }

  /**
   * {@return whether this call has ended with this error, or one of its causes, after retries}
   *
   * @param error the error that has arrived
   */
  public boolean hasRetriedInVain(Throwable error) {
    Past ended = last;
    return ended != null
        && ended.retriedInVain
        && Causes.find(error, cause -> cause == ended.error) != null;
  }

  /** Notes that this call's error, if it was retried in vain, leaves a method on this thread. */
  public void leavesOnThisThread() {
    if (last != null && last.retriedInVain) {
      GiveUps.add(last.error);
    }
  }

  /**
   * {@return a moment, for {@link #retriedInsideSince}} What has been given up on before an attempt
   * is no matter of that attempt, though it may be the same object.
   */
  public static long now() {
    return GiveUps.now();
  }

  /**
   * {@return whether an error that arrives on this thread, or one of its causes, has been retried
   * in vain since a moment: by a retry that {@linkplain #deliver hands it on} just now, or that has
   * thrown it on this thread}
   *
   * @param moment what {@link #now} returned then
   * @param error the error that has arrived
   */
  public static boolean retriedInsideSince(long moment, Throwable error) {
    return GiveUps.isBeingDelivered(error, moment) || GiveUps.since(moment, error);
  }

  /** Ends the call; returns {@code thrown}. */
  Throwable giveUp(GiveUpReason reason, Throwable thrown) {
    if (last != null) {
      last.retriedInVain = isInVain(reason);
    }
    var report = new RetryReport(policy.name(), attempt(), reason, failures());
    RetryTrace.attach(thrown, report);
    tell(runtime, listener -> listener.onGiveUp(report, thrown));
    return thrown;
  }

  /**
   * Returns whether a retry around this one would repeat what has been tried here. What was refused
   * at once has not been tried, and what was cancelled was perhaps only out of the outer attempt's
   * time.
   */
  private boolean isInVain(GiveUpReason reason) {
    return switch (reason) {
      case CANCELLED, INTERRUPTED, REJECTED -> false;
      case NOT_RETRYABLE ->
          attempt() > 1 && last != null && last.failure.kind() != FailureKind.CANCELLED;
      default -> true;
    };
  }

  private Throwable lastError() {
    if (last == null) {
      throw new IllegalStateException("no attempt has failed");
    }
    return last.error;
  }

  private static long startOf(BackoffClock clock) {
    try {
      return Math.max(clock.nanoTime(), UNKNOWN_START + 1);
    } catch (Throwable e) {
      Log.warning("The clock failed; the deadline counts as over", e);
      return UNKNOWN_START;
    }
  }

  /** A clock that fails must not keep a call from ending; one that goes back makes no time. */
  private long elapsed() {
    if (startNanos == UNKNOWN_START) {
      return policy.deadlineNanos();
    }
    try {
      return Math.max(0, runtime.clock().nanoTime() - startNanos);
    } catch (Throwable e) {
      Log.warning("The clock failed; the deadline counts as over", e);
      return policy.deadlineNanos();
    }
  }

  /** Returns the attempt in flight, or else the last one. */
  private int attempt() {
    if (last == null) {
      return 1;
    }
    return last.followed ? last.number + 1 : last.number;
  }

  private List<FailedAttempt> failures() {
    var failures = new ArrayDeque<FailedAttempt>();
    for (Past failed = last; failed != null; failed = failed.earlier) {
      failures.addFirst(failed.toAttempt());
    }
    return List.copyOf(failures);
  }

  private String describe(FailedAttempt failed) {
    Failure failure = failed.failure();
    return String.format(
        "retry method=%s attempt=%d delay_ms=%d reason=%s (%s)",
        policy.name(), failed.number(), delayNanos() / 1_000_000, failure.kind(), failure.reason());
  }

  private static void tell(RetryRuntime runtime, Consumer<RetryListener> event) {
    RetryListener listener = runtime.listener();
    if (listener != null) {
      try {
        event.accept(listener);
      } catch (Throwable e) {
        Log.warning("A retry listener failed; the call goes on as without it", e);
      }
    }
  }

  /** A failed attempt, in as few bytes as may be: very many calls may wait at once. */
  private static final class Past {

    /** The delay of an attempt that no other follows. */
    private static final long NO_DELAY = -1;

    private final int number;
    private final Throwable error;
    private final Failure failure;
    private final long delayNanos;
    private @Nullable Past earlier;
    private boolean followed;
    private boolean retriedInVain;

    Past(int number, Throwable error, Failure failure, long delayNanos, @Nullable Past earlier) {
      this.number = number;
      this.error = error;
      this.failure = failure;
      this.delayNanos = delayNanos;
      this.earlier = earlier;
    }

    /** Keeps so many of the earlier ones. */
    void keepEarlier(int count) {
      Past oldest = this;
      for (int kept = 0; kept < count && oldest.earlier != null; kept++) {
        oldest = oldest.earlier;
      }
      oldest.earlier = null;
    }

    FailedAttempt toAttempt() {
      return new FailedAttempt(
          number, error, failure, delayNanos == NO_DELAY ? null : Duration.ofNanos(delayNanos));
    }
  }
}
