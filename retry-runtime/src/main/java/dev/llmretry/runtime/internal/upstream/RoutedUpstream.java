package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.FailureKind;
import java.util.List;
import java.util.Set;

/**
 * Stands for the upstreams of several routes, in the runtime of calls that choose one of them for
 * each attempt.
 */
public final class RoutedUpstream extends SharedUpstream {

  private final List<String> names;
  private final List<SharedUpstream> upstreams;
  private final Set<FailureKind> fallbackOnKinds;

  /**
   * Creates the upstream of a runtime.
   *
   * @param names the names of the routes
   * @param upstreams their upstreams
   * @param fallbackOnKinds additional kinds of failure after which a call moves on
   */
  public RoutedUpstream(
      List<String> names, List<SharedUpstream> upstreams, Set<FailureKind> fallbackOnKinds) {
    super("routes " + names, false, false);
    this.names = List.copyOf(names);
    this.upstreams = List.copyOf(upstreams);
    this.fallbackOnKinds = Set.copyOf(fallbackOnKinds);
  }

  @Override
  public SharedUpstream first() {
    return upstreams.get(0);
  }

  /** {@return the number of routes} */
  public int size() {
    return upstreams.size();
  }

  /** {@return the upstream of a route} */
  public SharedUpstream get(int route) {
    return upstreams.get(route);
  }

  /** {@return the name of a route} */
  public String nameOf(int route) {
    return names.get(route);
  }

  /** {@return additional kinds of failure after which a call moves on} */
  public Set<FailureKind> fallbackOnKinds() {
    return fallbackOnKinds;
  }
}
