package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.internal.execution.RetryExecution;
import dev.llmretry.runtime.internal.upstream.RoutedUpstream;
import dev.llmretry.runtime.internal.upstream.SharedUpstream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several clients for the same calls, in order of preference. A call begins with the first route,
 * and continues with the next one after a failure that another route may not have:
 *
 * <pre>{@code
 * Routes<ChatClient> routes =
 *     Routes.of(runtime, Route.of("openai", openAi), Route.of("azure", azure));
 * Answer answer =
 *     Retry.call(routes.runtime(), policy, token, attempt -> routes.of(attempt).ask(question));
 * }</pre>
 *
 * <p>The wrapper of an interface that is marked {@link dev.llmretry.Routed} does the same.
 *
 * <ul>
 *   <li>A retryable failure moves the call to the next route that is available, at once; that
 *       counts as a retry. If there is none, the call is retried after the back-off, beginning
 *       again with the first route that is available.
 *   <li>A rate limit with a delay of at most 2 seconds is waited for instead, once in succession.
 *   <li>{@link FailureKind#QUOTA_EXHAUSTED}, {@link FailureKind#UNAUTHORIZED}, {@link
 *       FailureKind#FORBIDDEN} and {@link FailureKind#NOT_FOUND} move the call as well, and so do
 *       the additional kinds; the call does not return to such a route. Any other failure that is
 *       not retryable ends the call.
 *   <li>A call whose turn at its route has not come moves on without an attempt.
 *   <li>A route closes when its failures exhaust its budget, or with the first {@link
 *       FailureKind#QUOTA_EXHAUSTED}, {@link FailureKind#UNAUTHORIZED} or {@link
 *       FailureKind#FORBIDDEN}. Then one call a second tests it; the first that succeeds reopens
 *       it, at a rate that grows from 2 a second. If all are closed, a call waits for the first
 *       that opens, at most 30 times for one second, and then ends; see {@link
 *       GiveUpReason#BUDGET_EXHAUSTED}.
 * </ul>
 *
 * <p>The deadline applies to the whole call. Attempts without a time limit stay with a route that
 * does not respond: set {@code attemptTimeout}.
 *
 * <p>Safe for use by several threads, if the clients are.
 *
 * @param <D> the type of client
 */
public final class Routes<D> {

  private static final int MAX_ROUTES = 30;

  private final List<Route<D>> routes;
  private final RetryRuntime runtime;

  private Routes(List<Route<D>> routes, RetryRuntime runtime) {
    this.routes = routes;
    this.runtime = runtime;
  }

  /**
   * {@return routes in order of preference}
   *
   * @param <D> the type of client
   * @param runtime the environment of the calls; with {@link Upstream#none}, routes without an
   *     upstream never close; any other upstream is not used if there are several routes
   * @param routes from 1 to 30, with different names and upstreams
   * @throws IllegalArgumentException if there are none or too many, or two have the same name or
   *     upstream
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <D> Routes<D> of(RetryRuntime runtime, Route<? extends D>... routes) {
    return of(runtime, Set.of(), List.of(routes));
  }

  /**
   * {@return routes in order of preference}
   *
   * @param <D> the type of client
   * @param runtime the environment of the calls; with {@link Upstream#none}, routes without an
   *     upstream never close; any other upstream is not used if there are several routes
   * @param fallbackOnKinds additional kinds of failure after which a call moves on, such as {@link
   *     FailureKind#CONTEXT_LENGTH} if a later route has a larger context window
   * @param routes from 1 to 30, with different names and upstreams
   * @throws IllegalArgumentException if there are none or too many, or two have the same name or
   *     upstream; or if {@code fallbackOnKinds} has {@link FailureKind#CANCELLED}
   */
  public static <D> Routes<D> of(
      RetryRuntime runtime,
      Set<FailureKind> fallbackOnKinds,
      List<? extends Route<? extends D>> routes) {
    requireNonNull(runtime, "runtime");
    if (routes.isEmpty() || routes.size() > MAX_ROUTES) {
      throw new IllegalArgumentException(
          "From 1 to " + MAX_ROUTES + " routes are possible, not " + routes.size());
    }
    if (fallbackOnKinds.contains(FailureKind.CANCELLED)) {
      throw new IllegalArgumentException(
          "A call that was cancelled does not move to another route");
    }
    List<Route<D>> all = new ArrayList<>();
    List<SharedUpstream> upstreams = new ArrayList<>();
    for (Route<? extends D> route : routes) {
      SharedUpstream upstream = upstreamOf(runtime, route, routes.size() == 1);
      upstream.use(runtime.clock(), runtime.random());
      all.add(withDelegateType(route));
      upstreams.add(upstream);
    }
    List<String> names = all.stream().map(Route::name).toList();
    requireDistinct(names, "name");
    requireDistinct(upstreams.stream().filter(SharedUpstream::isTracking).toList(), "upstream");
    Upstream shared =
        upstreams.size() == 1
            ? upstreams.get(0)
            : new RoutedUpstream(names, upstreams, fallbackOnKinds);
    return new Routes<>(List.copyOf(all), runtime.toBuilder().upstream(shared).build());
  }

  /** Only a single route uses an upstream of the runtime. */
  private static SharedUpstream upstreamOf(RetryRuntime runtime, Route<?> route, boolean isSingle) {
    if (route.upstream() != null) {
      return (SharedUpstream) route.upstream();
    }
    Upstream ofAll = runtime.upstream();
    boolean isOfAll = ofAll != Upstream.perDelegate() && !(ofAll instanceof RoutedUpstream);
    boolean usesThat = ofAll == Upstream.none() || (isSingle && isOfAll);
    return (SharedUpstream) (usesThat ? ofAll : runtime.upstreamOf(route.delegate()));
  }

  /** Safe, since routes are only read. */
  @SuppressWarnings("unchecked")
  private static <D> Route<D> withDelegateType(Route<? extends D> route) {
    return (Route<D>) route;
  }

  private static void requireDistinct(List<?> values, String what) {
    var seen = new HashSet<Object>();
    for (Object value : values) {
      if (!seen.add(value)) {
        throw new IllegalArgumentException("Two routes have the same " + what + ": " + value);
      }
    }
  }

  /**
   * {@return the environment of the calls} Each attempt that is made in it must use the delegate
   * that {@link #of(Attempt)} returns for it.
   */
  public RetryRuntime runtime() {
    return runtime;
  }

  /**
   * {@return the delegate of the route that an attempt is to take}
   *
   * @param attempt an attempt of a call in {@link #runtime}
   */
  public D of(Attempt attempt) {
    return get(RetryExecution.routeOf(attempt));
  }

  /**
   * {@return the delegate of a route}
   *
   * @param index from 0
   */
  public D get(int index) {
    return routes.get(index).delegate();
  }

  /** {@return the delegate of the first route} */
  public D first() {
    return get(0);
  }

  /** {@return the routes, in order of preference} */
  public List<Route<D>> all() {
    return routes;
  }

  @Override
  public String toString() {
    return routes.toString();
  }
}
