package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.time.Durations;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What limits the attempts after failures of an upstream, as far as they have failed lately: the
 * budgets of methods, and the breaker of a route. Not thread-safe.
 */
final class Budgets {

  private final SharedUpstream owner;
  private final Map<String, RetryBudget> byMethod = new HashMap<>();
  private @Nullable RouteBreaker route;
  private int members = 1;

  Budgets(SharedUpstream owner) {
    this.owner = owner;
  }

  boolean isEmpty() {
    return route == null && byMethod.isEmpty();
  }

  /** Returns what limits the next attempt of a call; null for nothing. */
  @Nullable Budget of(Candidate call) {
    if (call.isRouted()) {
      return route;
    }
    FailureKind kind = call.lastFailureKind();
    if (kind == null || kind == FailureKind.RATE_LIMITED) {
      return null;
    }
    RetryPolicy policy = call.policy();
    RetryBudget budget = byMethod.get(policy.name());
    if (budget == null) {
      budget = new RetryBudget(owner, policy.maxRetries(), members);
      byMethod.put(policy.name(), budget);
    } else {
      budget.resize(policy.maxRetries(), members);
    }
    return budget;
  }

  /** An attempt of a call begins. */
  void onAttempt(Candidate call, long now) {
    RetryBudget budget = call.isRouted() ? null : byMethod.get(call.policy().name());
    if (budget != null) {
      budget.onAttempt(now);
    }
  }

  /** Returns the breaker of the route; null if it is at rest. */
  @Nullable RouteBreaker ofRoute() {
    return route;
  }

  /** As {@link RouteBreaker#failed}. */
  boolean routeFailed(boolean closes, long now) {
    if (route == null) {
      route = new RouteBreaker(owner);
    }
    return route.failed(closes, now);
  }

  /** As {@link RouteBreaker#succeeded}. */
  boolean routeSucceeded(@Nullable Ticket ticket, long now) {
    if (route == null) {
      return false;
    }
    boolean opened = route.succeeded(ticket, now);
    if (route.isAtRest(now)) {
      route = null;
    }
    return opened;
  }

  /** As {@link RetryBudget#succeeded}. */
  void methodSucceeded(String method, @Nullable FailureKind retried, long now) {
    RetryBudget budget = byMethod.get(method);
    if (budget != null) {
      budget.succeeded(retried, now);
      if (budget.isAtRest(now)) {
        byMethod.remove(method);
      }
    }
  }

  /** Returns whether nothing limits attempts of a method at this moment. */
  boolean areUnlimited(String method) {
    return isUnlimited(route) && isUnlimited(byMethod.get(method));
  }

  private static boolean isUnlimited(@Nullable Budget budget) {
    return budget == null || budget.isUnlimited();
  }

  /** Divides the reserves of methods by the number of processes that call the provider. */
  void share(int processes) {
    if (members != processes) {
      members = processes;
      byMethod.values().forEach(budget -> budget.share(processes));
    }
  }

  int members() {
    return members;
  }

  void forEach(Consumer<Budget> action) {
    if (route != null) {
      action.accept(route);
    }
    byMethod.values().forEach(action);
  }

  void clear() {
    route = null;
    byMethod.clear();
  }

  /** Returns the lowest level of a budget, from 0 to 1. */
  double lowestLevel() {
    double lowest = route == null ? 1 : route.level();
    for (Budget budget : byMethod.values()) {
      lowest = Math.min(lowest, budget.level());
    }
    return lowest;
  }

  /** Returns the first call that waits for one of the budgets, or null. */
  @Nullable Waiter firstHeld() {
    if (route != null && !route.held.isEmpty()) {
      return route.held.head();
    }
    for (Budget budget : byMethod.values()) {
      if (!budget.held.isEmpty()) {
        return budget.held.head();
      }
    }
    return null;
  }

  /** Returns the time until a waiting call may go on, or has waited for too long. */
  long untilNextEvent(long now) {
    long next = untilNextEvent(route, now);
    for (Budget budget : byMethod.values()) {
      next = Math.min(next, untilNextEvent(budget, now));
    }
    return next;
  }

  private static long untilNextEvent(@Nullable Budget budget, long now) {
    return budget == null || budget.held.isEmpty()
        ? Durations.UNLIMITED
        : Math.min(budget.delay(now), budget.held.untilExpiry(now));
  }
}
