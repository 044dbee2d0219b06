package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.Rejection;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import dev.llmretry.runtime.internal.cancellation.SafeToken;
import dev.llmretry.runtime.internal.classification.RuntimeClassifier;
import dev.llmretry.runtime.internal.jfr.RetryRecorder;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.upstream.BlockingWaiter;
import dev.llmretry.runtime.internal.upstream.Candidate;
import dev.llmretry.runtime.internal.upstream.RoutedUpstream;
import dev.llmretry.runtime.internal.upstream.SharedUpstream;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import dev.llmretry.runtime.internal.upstream.Ticket;
import dev.llmretry.runtime.internal.upstream.Waiter;
import dev.llmretry.runtime.internal.util.Closeables;
import dev.llmretry.runtime.internal.util.DisplayText;
import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.runtime.internal.util.Throwables;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * State of one retried call, and the decision after each attempt. All drivers use it; they differ
 * only in how they make an attempt and how they wait. After a failed attempt:
 *
 * <pre>{@code
 * Throwable end = execution.onAttemptFailed(error, timedOut, emitted, alreadyRetried);
 * if (end == null) {
 *   // ... wait for execution.delayNanos() ...
 *   end = execution.onDelayElapsed();
 * }
 * if (end != null) {
 *   execution.withTerminalError(() -> observer.onError(end));
 * }
 * // ... else make another attempt ...
 * }</pre>
 *
 * <p>Not thread-safe: the driver serialises the events of a call.
 */
public final class RetryExecution implements Candidate {

  /** How many pushbacks in succession may use up no retry. */
  private static final int MAX_FREE_RETRIES = 11;

  private static final int FIRST_ERROR_STATUS = 400;

  private static final VarHandle CALL_ID;

  static {
    try {
      CALL_ID = MethodHandles.lookup().findVarHandle(RetryExecution.class, "callId", String.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RetryRuntime runtime;
  private final RetryPolicy policy;
  private final CancellationToken token;
  private final @Nullable Deadline deadline;

  /** Null if there is no listener. */
  private final @Nullable CallObserver observer;

  private @Nullable AttemptRecord latest;
  private @Nullable Registration cancellation;

  /** Null unless the upstream has limited the call, or there are several routes. */
  private @Nullable AdmissionState admissionState;

  /**
   * How many retries have been used up: not each pushback uses up one. A short saves 8 bytes in
   * each waiting call; {@link PolicyLimits#MAX_RETRIES} is less.
   */
  private short retries;

  private boolean successReported;

  /** Asks the upstream to admit the next attempt; null once that begins. */
  private @Nullable Waiter waiter;

  /** Whether the end has been reported; elements of a rejected stream may follow. */
  private boolean hasGivenUp;

  private volatile @Nullable String callId;

  /**
   * Creates the state of a call, and starts its deadline.
   *
   * @param runtime the environment of the call
   * @param policy the settings
   * @param token the call's own token, or null
   */
  public RetryExecution(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    this.runtime = runtime;
    this.policy = effective(runtime, policy);
    this.token = LinkedToken.of(runtime.token(), token);
    this.deadline =
        this.policy.deadline() == null
            ? null
            : new Deadline(runtime.clock(), Durations.toNanos(this.policy.deadline()));
    this.observer = runtime.listener() == null ? null : new CallObserver(this, runtime.listener());
    if (runtime.upstream() instanceof RoutedUpstream routes) {
      admissionState = new RouteSelection(routes);
    }
  }

  /** An invalid setting that the application did not check must not replace the call's error. */
  private static RetryPolicy effective(RetryRuntime runtime, RetryPolicy compiled) {
    try {
      return runtime.effective(compiled);
    } catch (Throwable e) {
      Log.warning("The settings are not applied to " + compiled.name(), e);
      return compiled;
    }
  }

  /**
   * Checks that a call has not been cancelled before its first attempt.
   *
   * @param runtime the environment of the call
   * @param policy the settings
   * @param token the call's own token, or null
   * @return the terminal error of a cancelled call, or null
   */
  public static @Nullable CancelledException checkNotCancelled(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token) {
    return SafeToken.isCancelled(runtime.token()) || SafeToken.isCancelled(token)
        ? onCancelledBeforeFirstAttempt(runtime, policy)
        : null;
  }

  /**
   * Ends a call that was cancelled before its first attempt.
   *
   * @param runtime the environment of the call
   * @param policy the settings
   * @return the terminal error
   */
  public static CancelledException onCancelledBeforeFirstAttempt(
      RetryRuntime runtime, RetryPolicy policy) {
    var cancelled =
        new CancelledException(policy.name() + " was cancelled before its first attempt");
    onEndedBeforeFirstAttempt(runtime, policy, cancelled);
    return cancelled;
  }

  /**
   * Notifies listeners of a call that its caller has ended before its first attempt.
   *
   * @param runtime the environment of the call
   * @param policy the settings
   * @param end the terminal error
   */
  public static void onEndedBeforeFirstAttempt(
      RetryRuntime runtime, RetryPolicy policy, Throwable end) {
    var report = new RetryReport(policy.name(), 0, GiveUpReason.CANCELLED, List.of());
    RetryRecorder.gaveUp(policy.name(), 0, GiveUpReason.CANCELLED);
    RetryEvent event = CallEvent.beforeFirstAttempt(policy.name());
    CompositeListener.notify(runtime.listener(), listener -> listener.onGiveUp(event, report, end));
  }

  /**
   * Runs {@code action} when a token cancels the call, until {@link #close}. To be called at most
   * once; see {@link CancellationToken#onCancel}.
   *
   * @param action the action
   */
  public void onCancel(Runnable action) {
    cancellation = token.onCancel(action);
  }

  /** Releases the token and the deadline, once the call has ended. */
  public void close() {
    if (deadline != null) {
      deadline.stopTimer();
    }
    if (cancellation != null) {
      Closeables.closeLogging(cancellation, Closeables.REGISTRATION);
    }
  }

  /** {@return the settings} */
  @Override
  public RetryPolicy policy() {
    return policy;
  }

  /** {@return the environment of the call} */
  public RetryRuntime runtime() {
    return runtime;
  }

  /** {@return the token that cancels the call: its own, combined with the runtime's} */
  public CancellationToken token() {
    return token;
  }

  /**
   * {@return the time limit of an attempt that begins now, in nanoseconds: the attempt time-out, or
   * the rest of the deadline if that is less} {@link Durations#UNLIMITED} if neither is set.
   */
  public long attemptLimitNanos() {
    long attemptTimeout = Durations.toNanos(policy.attemptTimeout());
    return Math.min(attemptTimeout, remainingNanos());
  }

  /**
   * {@return the number of the attempt in flight, or else of the latest one; 0 if there is none}
   */
  public int attemptNumber() {
    if (latest == null) {
      return waiter == null ? 1 : 0;
    }
    return latest.superseded ? latest.number + 1 : latest.number;
  }

  /** {@return the latest failed attempt, or null} */
  public @Nullable FailedAttempt lastFailure() {
    return latest == null ? null : latest.toFailedAttempt();
  }

  /**
   * {@return the request for the next attempt}
   *
   * @param <Q> the request
   * @param request the request of the first attempt
   */
  public <Q extends @Nullable Object> Q revise(Q request) {
    return policy.revise(request, AttemptRecord.retried(latest));
  }

  @Nullable AttemptRecord latest() {
    return latest;
  }

  /** {@return the identifier of the call, created on first use} Thread-safe. */
  String callId() {
    String made = callId;
    if (made != null) {
      return made;
    }
    String random = UUID.randomUUID().toString();
    var earlier = (String) CALL_ID.compareAndExchange(this, null, random);
    return earlier == null ? random : earlier;
  }

  /** Notifies listeners that an attempt begins. To be called by the driver before each attempt. */
  public void onAttemptStarted() {
    if (observer != null) {
      observer.onAttemptStarted();
    }
  }

  /**
   * Decides whether to retry after a failed attempt, and notifies listeners and the log. Whatever
   * goes wrong meanwhile ends the call with the attempt's error.
   *
   * @param thrown the attempt's error
   * @param timedOut whether the attempt's time limit had passed before
   * @param emitted whether content has been emitted, which a retry would repeat
   * @param alreadyRetried whether a nested retry exhausted its attempts on the error during this
   *     attempt
   * @return the terminal error of the call, or null to retry after {@link #delayNanos}
   */
  public @Nullable Throwable onAttemptFailed(
      Throwable thrown, boolean timedOut, boolean emitted, boolean alreadyRetried) {
    if (hasGivenUp) {
      return thrown;
    }
    try {
      return decide(thrown, timedOut, emitted, alreadyRetried);
    } catch (Throwable e) {
      onDecisionFailed(thrown, e);
      return thrown;
    }
  }

  private void onDecisionFailed(Throwable thrown, Throwable problem) {
    try {
      String ending = "; the call ends with the attempt's error";
      Log.warning("Deciding whether to retry " + policy.name() + " failed" + ending, problem);
      giveUp(GiveUpReason.NOT_RETRYABLE, thrown);
    } catch (Throwable e) {
      // For example, no class can be loaded any more. The call must end, even without notification.
    }
  }

  private @Nullable Throwable decide(
      Throwable thrown, boolean timedOut, boolean emitted, boolean alreadyRetried) {
    Classified classified = classify(thrown, timedOut);
    Throwable error = classified.error;
    Failure failure = classified.failure;
    long delayIfRetried = delayIfRetried(failure.retryAfter());
    boolean isAsked = failure.retryAfter() != null;
    long backoff = isRouted() && isAsked ? delayIfRetried(null) : delayIfRetried;
    if (alreadyRetried) {
      retries++; // the inner call has reported the pushback
    } else {
      countRetry(error, failure, delayIfRetried);
    }
    successReported = false;
    GiveUpReason obstacle = obstacle(emitted, alreadyRetried);
    int retry = Math.max(1, retries);
    long elapsed = deadline == null ? 0 : deadline.elapsedNanos();
    RetryDecision decision =
        RetryDecision.decide(policy, error, failure, obstacle, retry, elapsed, delayIfRetried);
    if (admissionState instanceof RouteSelection selection) {
      boolean isEvidence = !token.isCancelled() && !isDeadlinePassed();
      GiveUpReason ofAll = obstacle == GiveUpReason.ALREADY_RETRIED ? disabled() : obstacle;
      decision =
          selection.onFailed(
              decision, policy, error, failure, ofAll, retry, elapsed, backoff, isEvidence);
    }
    GiveUpReason reason = decision.giveUp();
    long delay = reason == null ? decision.delayNanos() : AttemptRecord.NO_DELAY;
    Classified decided = reason == null ? classified : classified.withExclusion(policy);
    AttemptRecord failedAttempt = record(decided, delay, false);
    if (token.isCancelled() && (reason == null || classified.isCancellation)) {
      if (failure.kind() != FailureKind.CANCELLED) {
        return onCancelled();
      }
      reason = GiveUpReason.CANCELLED;
    }
    if (reason != null) {
      return giveUp(reason, error);
    }
    FailedAttempt failed = failedAttempt.toFailedAttempt();
    Log.debug(() -> describe(failed));
    if (observer != null) {
      observer.onRetry(failed);
    }
    return null;
  }

  /** The error of an attempt, and what it means. */
  private record Classified(Throwable error, Failure failure, boolean isCancellation) {

    Classified withExclusion(RetryPolicy policy) {
      return RetryRules.isExcluded(policy, error)
          ? new Classified(error, RetryRules.excluded(failure), isCancellation)
          : this;
    }
  }

  private Classified classify(Throwable thrown, boolean timedOut) {
    RejectedResultException rejected = rejectionOf(thrown);
    Failure failure =
        rejected != null
            ? failureOf(rejected.rejection())
            : RuntimeClassifier.classify(runtime, thrown, timedOut || token.isCancelled());
    boolean cancelled = failure.kind() == FailureKind.CANCELLED;
    if (!timedOut || rejected != null || !wasCutOff(failure)) {
      return new Classified(thrown, failure, cancelled);
    }
    String reason = "attempt " + attemptNumber() + " timed out";
    HeldBackException heldBack = cancelled ? NestedWaits.find(thrown) : null;
    if (heldBack != null) {
      reason += " while it waited for its upstream";
      failure = new Failure(heldBack.kind(), heldBack.retryAfter(), 0, reason);
      return new Classified(heldBack, failure, cancelled);
    }
    Throwable error =
        cancelled ? new AttemptTimeoutException(policy.name() + ": " + reason, thrown) : thrown;
    return new Classified(error, Failure.of(FailureKind.TIMEOUT, reason), cancelled);
  }

  /** Records a failed attempt, and notifies listeners of its end. */
  private AttemptRecord record(Classified failed, long delay, boolean isIncidental) {
    int attempt = attemptNumber();
    String route = routeName(route());
    AttemptRecord failure =
        route == null && !isHedge() && !isIncidental
            ? new AttemptRecord(attempt, failed.error, failed.failure, delay, latest)
            : new DetailedAttemptRecord(
                route,
                isHedge(),
                isIncidental,
                attempt,
                failed.error,
                failed.failure,
                delay,
                latest);
    latest = failure;
    RetryRecorder.attemptFailed(policy.name(), attempt, failed.failure, delay, isHedge());
    if (observer != null) {
      observer.onAttemptEnded(failure.toFailedAttempt());
    }
    return failure;
  }

  private long delayIfRetried(@Nullable Duration retryAfter) {
    return RetryDecision.delay(
        policy,
        retryAfter,
        retries + 1,
        AttemptRecord.latestDelay(latest),
        policy.jitter() == Jitter.NONE ? 0 : Randomness.next(runtime));
  }

  private static Failure failureOf(Rejection rejection) {
    return new Failure(rejection.kind(), rejection.retryAfter(), 0, rejection.reason());
  }

  private @Nullable GiveUpReason obstacle(boolean emitted, boolean alreadyRetried) {
    if (emitted) {
      return GiveUpReason.ELEMENTS_DELIVERED;
    }
    if (alreadyRetried && policy.nested() == Nested.ONCE) {
      return GiveUpReason.ALREADY_RETRIED;
    }
    return disabled();
  }

  private @Nullable GiveUpReason disabled() {
    return runtime.isEnabled() && policy.isEnabled() ? null : GiveUpReason.DISABLED;
  }

  /**
   * Reports a pushback to the upstream, and counts the retry that may follow. A pushback that the
   * call's own requests did not cause uses up no retry: the attempt began before the limit was
   * known, or tested the provider while other calls waited. After {@link #MAX_FREE_RETRIES} such
   * pushbacks in succession the next one uses up a retry, and counting begins anew.
   */
  private void countRetry(Throwable error, Failure failure, long ownDelay) {
    if (isPushback(error, failure)) {
      AdmissionState state = admissionState();
      state.lastClosing =
          upstream().pushedBack(state.ticket, error, failure.retryAfter(), ownDelay);
      if (state.lastClosing == 0 && state.freeRetries < MAX_FREE_RETRIES) {
        state.freeRetries++;
        return;
      }
      state.freeRetries = 0;
    } else if (admissionState != null) {
      admissionState.lastClosing = 0;
      admissionState.freeRetries = 0;
    }
    retries++;
  }

  private boolean isPushback(Throwable error, Failure failure) {
    return isPushback(failure) && upstream().isTracking() && !(error instanceof HeldBackException);
  }

  private static boolean isPushback(Failure failure) {
    return failure.kind() == FailureKind.RATE_LIMITED
        || (failure.kind() == FailureKind.OVERLOADED && failure.retryAfter() != null);
  }

  /**
   * {@return the time after which an attempt that begins now is hedged} {@link Durations#UNLIMITED}
   * if it is not.
   */
  public long hedgeAfterNanos() {
    return policy.hedgeAfter() == null || disabled() != null
        ? Durations.UNLIMITED
        : Durations.toNanos(policy.hedgeAfter());
  }

  /**
   * Lets a hedge begin beside the attempt in flight, if nothing limits attempts and successes have
   * paid for it. The hedge is then the selected attempt, until {@link #select} is called.
   *
   * @return whether it may begin; if it is not made, call {@link #onHedgeNotMade}
   */
  public boolean tryHedge() {
    if (token.isCancelled() || isDeadlinePassed() || disabled() != null) {
      return false;
    }
    int route;
    if (admissionState instanceof RouteSelection selection) {
      route = selection.tryHedge(policy.name());
    } else {
      route = upstream().tryHedge(policy.name(), upstream()) ? 0 : -1;
    }
    if (route < 0) {
      return false;
    }
    select(route, null, true);
    Log.debug(this::describeHedge);
    return true;
  }

  /** Gives back the cost of a hedge that was not made. Thread-safe. */
  public void onHedgeNotMade() {
    upstreamOf(runtime).giveBackHedge(policy.name());
  }

  /**
   * Selects one of two concurrent attempts: the following calls of this object concern it.
   *
   * @param route the index of its route
   * @param ticket the ticket with which it was admitted
   * @param isHedge whether it is the hedge
   */
  public void select(int route, @Nullable Ticket ticket, boolean isHedge) {
    AdmissionState state = admissionState();
    state.ticket = ticket;
    state.isHedge = isHedge;
    if (state instanceof RouteSelection selection) {
      selection.resume(route);
    }
  }

  /** {@return whether the attempt that is being handled is a hedge} */
  public boolean isHedge() {
    return admissionState != null && admissionState.isHedge;
  }

  /**
   * Records the failure of one of two concurrent attempts. The call continues with the other one,
   * whose outcome decides.
   *
   * @param thrown the attempt's error
   * @param timedOut whether the attempt's time limit had passed before
   * @param alreadyRetried whether a nested retry exhausted its attempts on the error
   */
  public void onIncidentalFailure(Throwable thrown, boolean timedOut, boolean alreadyRetried) {
    Classified classified = classify(thrown, timedOut);
    Failure failure = classified.failure;
    if (!alreadyRetried && isPushback(classified.error, failure)) {
      var unused =
          upstream()
              .pushedBack(
                  lastTicket(),
                  classified.error,
                  failure.retryAfter(),
                  delayIfRetried(failure.retryAfter()));
    }
    if (admissionState instanceof RouteSelection selection) {
      boolean nested = alreadyRetried && policy.nested() == Nested.ONCE;
      var unused = selection.recordFailure(failure.kind(), nested, !isDeadlinePassed());
    }
    discardRejected(record(classified, AttemptRecord.NO_DELAY, true));
  }

  /** Records that the selected attempt was abandoned, since the other one has won. */
  public void onLost() {
    if (hasGivenUp) { // the other's result was rejected and returned, and listeners were notified
      return;
    }
    Log.debug(
        () -> "hedge method=" + shortName() + " attempt=" + attemptNumber() + " won=" + !isHedge());
    if (observer != null) {
      observer.onLost(new CancellationException("The other attempt was faster"));
    }
  }

  /**
   * Returns whether a failure after the time limit may be merely the response to the time-out. Any
   * other failure is the provider's, and keeps its kind although it is late.
   */
  private static boolean wasCutOff(Failure failure) {
    return switch (failure.kind()) {
      case CANCELLED, NETWORK -> true;
      case UNKNOWN -> failure.statusCode() < FIRST_ERROR_STATUS;
      default -> false;
    };
  }

  /**
   * Runs {@code action} when the deadline passes before the next attempt has begun, during the
   * delay or while an executor has the attempt, which it may never run. Does nothing without a
   * deadline. To be called when {@link #onAttemptFailed} has returned null. Exceptions of the clock
   * are rethrown.
   *
   * @param scheduler starts the timer
   * @param action ends the call with {@link #onDeadlinePassed}
   */
  public void startDeadlineTimer(CallScheduler scheduler, Runnable action) {
    if (deadline != null) {
      deadline.startTimer(scheduler, action);
    }
  }

  /** {@return whether there is a deadline and it has passed} */
  public boolean isDeadlinePassed() {
    return remainingNanos() <= 0;
  }

  /** {@return what the call shares with others: the upstream of its route, if there are several} */
  public SharedUpstream upstream() {
    return admissionState instanceof RouteSelection selection
        ? selection.upstream()
        : upstreamOf(runtime);
  }

  private static SharedUpstream upstreamOf(RetryRuntime runtime) {
    return ((SharedUpstream) runtime.upstream()).first();
  }

  /** {@return the index of the current route; 0 if there is only one} */
  public int route() {
    return admissionState instanceof RouteSelection selection ? selection.current() : 0;
  }

  /**
   * Returns the name of a route, or null if there is only one.
   *
   * @param index from 0
   */
  @Nullable String routeName(int index) {
    return routeName(runtime, index);
  }

  static @Nullable String routeName(RetryRuntime runtime, int index) {
    return runtime.upstream() instanceof RoutedUpstream routes ? routes.nameOf(index) : null;
  }

  /**
   * {@return the index of the route that an attempt is to take}
   *
   * @param attempt an attempt
   */
  public static int routeOf(Attempt attempt) {
    return attempt instanceof RoutedAttempt routed ? routed.routeIndex() : 0;
  }

  /**
   * {@return whether first attempts have to be admitted by the upstream of a runtime at this
   * moment}
   *
   * @param runtime the environment of a call
   */
  public static boolean needsAdmission(RetryRuntime runtime) {
    return !upstreamOf(runtime).isDormant();
  }

  /** {@return whether the next attempt has to be admitted by the upstream of the call} */
  public boolean needsAdmission() {
    return latest == null ? needsAdmission(runtime) : isRouted() || upstream().isTracking();
  }

  /**
   * Waits on this thread until the next attempt may begin. Exceptions of the clock are rethrown.
   *
   * @return the terminal error if it may not begin, else null; null as well if the call was
   *     cancelled
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public @Nullable Throwable awaitAdmission() throws InterruptedException {
    if (tryBegin()) {
      return null;
    }
    GiveUpReason refusal = new BlockingWaiter(this, token).await();
    return refusal == null ? null : onRefused(refusal);
  }

  /**
   * Asks for the next attempt without the cost of a {@link Waiter}.
   *
   * @return whether it may begin now; else {@link #requestAdmission} decides
   */
  public boolean tryBegin() {
    return !needsAdmission() || (!isRouted() && upstream().tryEnter(this));
  }

  /**
   * Enqueues the call, without blocking, until the next attempt may begin.
   *
   * @param asking is notified if the call has to wait
   * @return the outcome; {@link Admission#ADMITTED} if the attempt may begin now
   */
  @Override
  public Admission requestAdmission(Waiter asking) {
    waiter = asking;
    SharedUpstream asked =
        admissionState instanceof RouteSelection selection ? selection.tryEnter(this) : upstream();
    if (asked == null) {
      waiter = null;
      return Admission.ADMITTED;
    }
    Admission admission = asked.enter(asking);
    switch (admission) {
      case ADMITTED -> waiter = null; // else another thread may have begun the attempt already
      case WAITING -> Log.debug(() -> describeWaiting(asked)); // it may have left it already
      case REFUSED -> {}
    }
    return admission;
  }

  @Override
  public Admission onRefused(Waiter refused) {
    return admissionState instanceof RouteSelection selection
        ? selection.reenter(refused, this)
        : Admission.REFUSED;
  }

  @Override
  public boolean isRouted() {
    return admissionState instanceof RouteSelection;
  }

  /**
   * Ends a call whose next attempt may not begin.
   *
   * @param reason the reason of the upstream
   * @return the terminal error
   */
  public Throwable onRefused(GiveUpReason reason) {
    return giveUp(reason, latest == null ? heldBack(reason) : latest.error);
  }

  private HeldBackException heldBack(GiveUpReason reason) {
    long pause = upstream().pausedForNanos();
    return new HeldBackException(
        policy.name() + " was held back by " + upstream() + ": " + reason.description(),
        pause == 0 ? null : Duration.ofNanos(pause),
        upstream().latestPushback());
  }

  @Override
  public @Nullable FailureKind lastFailureKind() {
    Failure failure = lastFailureHere();
    return failure == null ? null : failure.kind();
  }

  @Override
  public boolean wasPushedBack() {
    Failure failure = lastFailureHere();
    return failure != null && isPushback(failure);
  }

  /** Returns the latest failure, if it was at the same upstream. */
  private @Nullable Failure lastFailureHere() {
    boolean isRetry = !(admissionState instanceof RouteSelection selection) || selection.isRetry();
    return latest != null && isRetry ? latest.failure : null;
  }

  @Override
  public @Nullable Ticket lastTicket() {
    return admissionState == null ? null : admissionState.ticket;
  }

  @Override
  public int lastClosing() {
    return admissionState == null ? 0 : admissionState.lastClosing;
  }

  /** {@return the time left until the deadline; {@link Durations#UNLIMITED} without one} */
  @Override
  public long remainingNanos() {
    return deadline == null ? Durations.UNLIMITED : deadline.remainingNanos();
  }

  /**
   * Ends a call whose deadline has passed before the next attempt has begun.
   *
   * @return the terminal error
   */
  public Throwable onDeadlinePassed() {
    return token.isCancelled() ? onCancelled() : onRefused(GiveUpReason.DEADLINE);
  }

  @Override
  public void onAdmitted(@Nullable Ticket admitted) {
    if (admitted != null || admissionState != null) {
      admissionState().ticket = admitted;
    }
  }

  private void reportWaits(Waiter waited) {
    reportWait(WaitCause.RETRY_BUDGET, waited.nanosOf(WaitCause.RETRY_BUDGET));
    reportWait(WaitCause.RATE_LIMIT, waited.nanosOf(WaitCause.RATE_LIMIT));
  }

  private void reportWait(WaitCause cause, long nanos) {
    if (nanos > 0) {
      admissionState().waitedNanos += nanos;
      admissionState().turnNanos += cause == WaitCause.RATE_LIMIT ? nanos : 0;
      RetryRecorder.waited(policy.name(), upstream(), cause, nanos);
      Log.debug(() -> describe(cause, nanos));
      if (observer != null) {
        observer.onWaited(cause, nanos);
      }
    }
  }

  Duration waitDuration() {
    return admissionState == null ? Duration.ZERO : Duration.ofNanos(admissionState.waitedNanos);
  }

  @Override
  public long waitedForTurnsNanos() {
    return admissionState == null ? 0 : admissionState.turnNanos;
  }

  private AdmissionState admissionState() {
    AdmissionState state = admissionState;
    if (state == null) {
      state = new AdmissionState();
      admissionState = state;
    }
    return state;
  }

  /** {@return the delay before the next attempt, in nanoseconds; 0 for none} */
  public long delayNanos() {
    return latest == null ? 0 : latest.delayNanos;
  }

  /**
   * Checks before an attempt, once there is nothing more to wait for, whether the call has ended,
   * and otherwise counts the attempt.
   *
   * @return the terminal error if the call was cancelled or its deadline has passed, else null
   */
  public @Nullable Throwable onDelayElapsed() {
    if (token.isCancelled()) {
      return onCancelled();
    }
    if (deadline != null) {
      if (deadline.remainingNanos() <= 0) {
        return onRefused(GiveUpReason.DEADLINE);
      }
      deadline.stopTimer();
    }
    if (waiter != null) {
      reportWaits(waiter);
      waiter = null;
    }
    if (admissionState != null) {
      admissionState.isHedge = false;
    }
    if (latest != null) {
      latest.superseded = true;
      discardRejected(latest);
    }
    return null;
  }

  /** Returns the rejection of a result of this call, or null if the error is another. */
  private @Nullable RejectedResultException rejectionOf(Throwable error) {
    return error instanceof RejectedResultException rejected && rejected.isOf(policy)
        ? rejected
        : null;
  }

  /** Closes a rejected result that is not the one that the caller receives. */
  private void discardRejected(AttemptRecord attempt) {
    RejectedResultException rejected = rejectionOf(attempt.error);
    if (rejected != null) {
      rejected.discard();
    }
  }

  /**
   * Ends a call that was cancelled.
   *
   * @return the terminal error
   */
  public CancelledException onCancelled() {
    String message = policy.name() + " was cancelled";
    CancelledException cancelled =
        latest == null
            ? new CancelledException(message)
            : new CancelledException(message, latest.error);
    recordWait(cancelled);
    giveUp(GiveUpReason.CANCELLED, cancelled);
    return cancelled;
  }

  /**
   * Ends a call that was interrupted during a delay.
   *
   * @param interrupted the terminal error
   */
  public void onInterrupted(Exception interrupted) {
    recordWait(interrupted);
    giveUp(GiveUpReason.INTERRUPTED, interrupted);
  }

  /** The time-out of an outer attempt may have ended the wait for the upstream. */
  private void recordWait(Throwable end) {
    if (waiter != null && !hasGivenUp) {
      waiter.close();
      if (waiter.nanosOf(WaitCause.RATE_LIMIT) > 0) {
        NestedWaits.record(end, heldBack(GiveUpReason.CANCELLED));
      }
    }
  }

  /**
   * Ends a call whose downstream failed or broke the protocol.
   *
   * @param error the error of the downstream
   * @return that error
   */
  public Throwable onDownstreamFailure(Throwable error) {
    return giveUp(GiveUpReason.CANCELLED, error);
  }

  /**
   * Ends a call whose executor or clock rejected the next step.
   *
   * @param rejection the exception of the executor or clock
   * @return the terminal error: the latest attempt's, or the rejection if no attempt has failed, or
   *     if its result was given up for the attempt that was to follow
   */
  public Throwable onRejected(Throwable rejection) {
    Log.warning("The executor or clock of " + policy.name() + " rejected the next step", rejection);
    AttemptRecord failed = latest;
    Throwable end =
        failed == null || (failed.superseded && rejectionOf(failed.error) != null)
            ? rejection
            : failed.error;
    return giveUp(GiveUpReason.EXECUTOR_REJECTED, end);
  }

  /** Notifies listeners that an attempt returned a result. */
  public void onSuccess() {
    if (hasGivenUp) {
      return;
    }
    onAccepted();
    if (observer != null) {
      observer.onSuccess();
    }
  }

  /** Reports to the upstream that the attempt succeeds: with a result, or its first content. */
  public void onAccepted() {
    if (!successReported && !upstream().isDormant()) {
      if (admissionState instanceof RouteSelection selection) {
        selection.recordSuccess();
      } else {
        FailureKind retried = attemptNumber() > 1 ? lastFailureKind() : null;
        upstream().succeeded(policy.name(), lastTicket(), retried);
      }
    }
    if (!successReported && policy.hedgeAfter() != null && !isHedge()) {
      upstreamOf(runtime).payForHedges(policy.name());
    }
    successReported = true;
  }

  /**
   * Emits the terminal error. For an outer retry that receives it on this thread, {@link
   * NestedRetryTracker#wasRetriedSince} returns true if this call is exhausted.
   *
   * @param emission signals the error
   */
  public void withTerminalError(Runnable emission) {
    if (latest != null && latest.exhausted) {
      NestedRetryTracker.withTerminalError(latest.error, emission);
    } else {
      emission.run();
    }
  }

  /**
   * {@return whether this call is exhausted and ended with this error or one of its causes}
   *
   * @param error an error that depends on this call
   */
  public boolean hasExhausted(Throwable error) {
    AttemptRecord ended = latest;
    if (ended == null || !ended.exhausted) {
      return false;
    }
    Object outcome = NestedRetryTracker.identityOf(ended.error);
    return Throwables.find(error, cause -> NestedRetryTracker.identityOf(cause) == outcome) != null;
  }

  /** Records that this call's error is thrown on this thread, if the call is exhausted. */
  public void recordExhausted() {
    if (latest != null && latest.exhausted) {
      NestedRetryTracker.recordExhausted(latest.error);
    }
  }

  private Throwable giveUp(GiveUpReason cause, Throwable thrown) {
    if (waiter != null && !hasGivenUp) {
      waiter.close();
      reportWaits(waiter);
    }
    GiveUpReason reason = rejectionOf(thrown) == null ? cause : GiveUpReason.RESULT_REJECTED;
    if (latest != null) {
      latest.exhausted = isExhausted(cause);
      boolean isDecided = // the result was returned or closed before
          hasGivenUp || latest.superseded || latest.isIncidental();
      if (latest.error != thrown && !isDecided) {
        discardRejected(latest);
      }
    }
    var report =
        new RetryReport(
            policy.name(), attemptNumber(), reason, AttemptRecord.history(latest), waitDuration());
    RetryTrace.attach(thrown, report);
    if (!hasGivenUp) {
      RetryRecorder.gaveUp(policy.name(), report.attempts(), reason);
      if (observer != null) {
        observer.onGiveUp(report, thrown);
      }
    }
    hasGivenUp = true;
    return thrown;
  }

  /**
   * Returns whether an outer retry would repeat the retries of this call. A first failure that is
   * not retryable has not been retried, and a call may have been cancelled by the time-out of the
   * outer attempt.
   */
  private boolean isExhausted(GiveUpReason reason) {
    return switch (reason) {
      case CANCELLED, INTERRUPTED, EXECUTOR_REJECTED, DISABLED -> false;
      case ALREADY_RETRIED,
          ELEMENTS_DELIVERED,
          ATTEMPTS_EXHAUSTED,
          RESULT_REJECTED,
          BUDGET_EXHAUSTED,
          HELD_BACK,
          RETRY_AFTER_TOO_LONG,
          DEADLINE ->
          true;
      case NOT_RETRYABLE ->
          attemptNumber() > 1 && latest != null && latest.failure.kind() != FailureKind.CANCELLED;
    };
  }

  // The numbers are formatted as %s: with %d, they have the digits of the default locale.

  private String describeHedge() {
    return String.format(
        "hedge method=%s attempt=%s%s",
        shortName(), attemptNumber(), describeRoute(routeName(route())));
  }

  private static String describeRoute(@Nullable String route) {
    return route == null ? "" : " route=" + DisplayText.of(route, DisplayText.SHORT);
  }

  private String shortName() {
    return DisplayText.of(policy.name(), DisplayText.SHORT);
  }

  private int nextAttemptNumber() {
    return latest == null ? 1 : latest.number + 1;
  }

  private String describeWaiting(SharedUpstream asked) {
    return String.format(
        "waiting method=%s attempt=%s upstream=%s",
        shortName(), nextAttemptNumber(), DisplayText.of(asked.name(), DisplayText.SHORT));
  }

  private String describe(WaitCause cause, long nanos) {
    return String.format(
        "wait method=%s attempt=%s wait_ms=%s cause=%s upstream=%s",
        shortName(),
        nextAttemptNumber(),
        nanos / 1_000_000,
        cause,
        DisplayText.of(upstream().name(), DisplayText.SHORT));
  }

  private String describe(FailedAttempt failed) {
    Failure failure = failed.failure();
    return String.format(
        "retry method=%s attempt=%s%s delay_ms=%s reason=%s (%s)",
        shortName(),
        failed.number(),
        describeRoute(failed.route()),
        delayNanos() / 1_000_000,
        failure.kind(),
        DisplayText.of(failure.reason(), DisplayText.SHORT));
  }
}
