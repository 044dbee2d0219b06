package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.upstream.Candidate;
import dev.llmretry.runtime.internal.upstream.RoutedUpstream;
import dev.llmretry.runtime.internal.upstream.SharedUpstream;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import dev.llmretry.runtime.internal.upstream.Waiter;
import dev.llmretry.runtime.internal.util.Log;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of several routes a call takes, by the rules of {@link dev.llmretry.runtime.Routes}.
 *
 * <p>Sets of routes are bit masks. Not thread-safe, like the execution.
 */
final class RouteSelection extends AdmissionState {

  /** A rate limit with a longer delay is not waited for if there is another route. */
  private static final long MAX_DELAY_NANOS = 2_000_000_000L;

  /** How often a call waits for a closed route, a second each time, before it is refused. */
  private static final int MAX_WAITS = 30;

  private static final int NONE = -1;

  /** Kinds that close a route. */
  private static final Set<FailureKind> CLOSING =
      EnumSet.of(FailureKind.QUOTA_EXHAUSTED, FailureKind.UNAUTHORIZED, FailureKind.FORBIDDEN);

  /** Kinds that use up the budget of a route. */
  private static final Set<FailureKind> COSTLY =
      EnumSet.of(
          FailureKind.OVERLOADED, FailureKind.SERVER, FailureKind.TIMEOUT, FailureKind.NETWORK);

  private final RoutedUpstream routes;

  /** The routes that have failed since the call began, or since its latest back-off. */
  private int tried;

  /** The routes to which the call does not return. */
  private int excluded;

  /** The route of the attempt in flight, or of the next one. Read by any thread. */
  private volatile int current;

  /** The route of the latest failure; -1 before. */
  private int failed = NONE;

  /** Whether the next attempt takes the current route again, after a short delay. */
  private boolean stays;

  private int waits;

  RouteSelection(RoutedUpstream routes) {
    this.routes = routes;
  }

  int current() {
    return current;
  }

  SharedUpstream upstream() {
    return routes.get(current);
  }

  /** Returns whether the latest failure was that of the current route. */
  boolean isRetry() {
    return current == failed;
  }

  /**
   * Decides after a failed attempt, and tells its route of the failure.
   *
   * @param alone the decision if there were no other route
   * @param obstacle what prevents an attempt on any route, or null
   * @param retry the number of retries that will have been used up, from 1
   * @param elapsedNanos the time since the call began; without a deadline it may be 0
   * @param backoffNanos the delay before a retry that depends on no provider
   * @param isEvidence whether the failure was that of the route, not of the call's own end
   */
  RetryDecision onFailed(
      RetryDecision alone,
      RetryPolicy policy,
      Throwable error,
      Failure failure,
      @Nullable GiveUpReason obstacle,
      int retry,
      long elapsedNanos,
      long backoffNanos,
      boolean isEvidence) {
    FailureKind kind = failure.kind();
    boolean again = (tried & bit(current)) != 0;
    boolean lasting =
        recordFailure(kind, alone.giveUp() == GiveUpReason.ALREADY_RETRIED, isEvidence);
    boolean limited = kind == FailureKind.RATE_LIMITED;
    stays =
        limited
            && !again
            && !lasting
            && alone.giveUp() == null
            && alone.delayNanos() <= MAX_DELAY_NANOS;
    if (stays || !movesOn(alone.giveUp(), policy, error, failure)) {
      return alone;
    }
    int others = all() & ~excluded & ~bit(current);
    boolean isOpen = isAnyOpen(others & ~tried);
    boolean canWait = others != 0 && (lasting || (limited && !upstream().isOpen()));
    if (!isOpen && !canWait) {
      tried = 0;
      return alone;
    }
    boolean backsOff = !isOpen && (others & tried) != 0;
    if (!isOpen) {
      tried = 0;
    }
    lastClosing = 0; // the call does not wait for its own delay
    return RetryDecision.within(policy, obstacle, retry, elapsedNanos, backsOff ? backoffNanos : 0);
  }

  /**
   * Records that the current route has failed, and tells it.
   *
   * @param nested whether an inner call has exhausted its retries on it
   * @param isEvidence whether the failure was that of the route, not of the call's own end
   * @return whether the call does not return to it
   */
  boolean recordFailure(FailureKind kind, boolean nested, boolean isEvidence) {
    if (CLOSING.contains(kind) || (isEvidence && COSTLY.contains(kind))) {
      if (upstream().routeFailed(CLOSING.contains(kind))) {
        Log.warning(
            "Route %s is closed after %s: calls take the other routes, and one call a second tests it"
                .formatted(routes.nameOf(current), kind));
      }
    }
    failed = current;
    tried |= bit(current);
    boolean lasting = nested || isLasting(kind);
    if (lasting) {
      excluded |= bit(current);
    }
    return lasting;
  }

  /** Tells the current route of a success. */
  void recordSuccess() {
    if (upstream().routeSucceeded(ticket)) {
      String name = routes.nameOf(current);
      Log.debug(() -> "Route " + name + " is open again");
    }
  }

  /**
   * Lets a hedge begin on the next route that limits nothing, else on the current one.
   *
   * @return the route; -1 if it may not begin
   */
  int tryHedge(String method) {
    int others = all() & ~excluded & ~tried & ~bit(current);
    for (int route = 0; route < routes.size(); route++) {
      if ((others & bit(route)) != 0 && routes.get(route).tryHedge(method, routes.first())) {
        return route;
      }
    }
    return upstream().tryHedge(method, routes.first()) ? current : NONE;
  }

  /** Takes a route, as does one of two attempts that run at once. */
  void resume(int route) {
    turnNanos = route == current ? turnNanos : 0;
    current = route;
  }

  private boolean isLasting(FailureKind kind) {
    return CLOSING.contains(kind)
        || kind == FailureKind.NOT_FOUND
        || routes.fallbackOnKinds().contains(kind);
  }

  private boolean movesOn(
      @Nullable GiveUpReason reason, RetryPolicy policy, Throwable error, Failure failure) {
    if (reason == GiveUpReason.NOT_RETRYABLE) {
      return isLasting(failure.kind())
          && RetryRules.isRetryable(policy, error, failure.kind(), true);
    }
    return reason == null
        || reason == GiveUpReason.RETRY_AFTER_TOO_LONG
        || reason == GiveUpReason.DEADLINE
        || reason == GiveUpReason.ALREADY_RETRIED;
  }

  /**
   * Lets the call begin its next attempt on the first route that can admit it at once.
   *
   * @return null if it may begin; otherwise the upstream that it has to ask: that of the route that
   *     is likely to admit it first
   */
  @Nullable SharedUpstream tryEnter(Candidate call) {
    boolean returns = stays && upstream().delayNanos() <= MAX_DELAY_NANOS;
    stays = false;
    if (!returns) {
      int among = all() & ~excluded & ~tried;
      for (int route = 0; route < routes.size(); route++) {
        if ((among & bit(route)) != 0 && routes.get(route).tryEnterRoute(call)) {
          select(route);
          return null;
        }
      }
      select(nearest(among));
      if (current != failed) {
        ticket = null;
      }
    }
    return upstream();
  }

  /** Asks again after a route has refused an attempt, if that was because it is closed. */
  Admission reenter(Waiter waiter, Candidate call) {
    if (waiter.refusal() != GiveUpReason.BUDGET_EXHAUSTED || waits == MAX_WAITS) {
      return Admission.REFUSED;
    }
    waits++;
    SharedUpstream asked = tryEnter(call);
    return asked == null ? Admission.ADMITTED : asked.enter(waiter);
  }

  private void select(int route) {
    resume(route);
    if (route != failed) {
      lastClosing = 0;
    }
  }

  /**
   * Returns the route that is likely to open first: of those that have not failed, if that does not
   * take long.
   */
  private int nearest(int untried) {
    int nearest = nearest(untried, MAX_DELAY_NANOS, NONE);
    return nearest == NONE ? nearest(all() & ~excluded, Long.MAX_VALUE, current) : nearest;
  }

  private int nearest(int among, long limit, int none) {
    int nearest = none;
    long least = limit;
    for (int route = 0; route < routes.size(); route++) {
      if ((among & bit(route)) != 0) {
        long delay = routes.get(route).delayNanos();
        if (delay < least) {
          nearest = route;
          least = delay;
        }
      }
    }
    return nearest;
  }

  private boolean isAnyOpen(int among) {
    for (int route = 0; route < routes.size(); route++) {
      if ((among & bit(route)) != 0 && routes.get(route).isOpen()) {
        return true;
      }
    }
    return false;
  }

  private int all() {
    return bit(routes.size()) - 1;
  }

  private static int bit(int route) {
    return 1 << route;
  }
}
