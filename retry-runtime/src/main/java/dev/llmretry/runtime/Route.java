package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One of the clients through which calls can be made: that of a provider, a region or a model. The
 * model, the key and the form of the request are the client's. See {@link Routes}.
 *
 * <p>Immutable.
 *
 * @param <D> the type of client
 */
public final class Route<D> {

  private final String name;
  private final D delegate;
  private final @Nullable Upstream upstream;

  private Route(String name, D delegate, @Nullable Upstream upstream) {
    this.name = name;
    this.delegate = delegate;
    this.upstream = upstream;
  }

  /**
   * {@return a route with an upstream of its own}
   *
   * @param <D> the type of client
   * @param name for traces, events and logs
   * @param delegate the client
   */
  public static <D> Route<D> of(String name, D delegate) {
    return new Route<>(requireNonNull(name, "name"), requireNonNull(delegate, "delegate"), null);
  }

  /**
   * {@return this route, with an upstream that it shares with other calls of the same provider}
   *
   * @param shared not that of another route of the same {@link Routes}
   * @throws IllegalArgumentException if {@code shared} is {@link Upstream#none} or {@link
   *     Upstream#perDelegate}, which are for runtimes
   */
  public Route<D> withUpstream(Upstream shared) {
    if (shared == Upstream.none() || shared == Upstream.perDelegate()) {
      throw new IllegalArgumentException(
          "Upstream.none() and Upstream.perDelegate() cannot be used for a route");
    }
    return new Route<>(name, delegate, shared);
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** {@return the client} */
  public D delegate() {
    return delegate;
  }

  @Nullable Upstream upstream() {
    return upstream;
  }

  @Override
  public String toString() {
    return name;
  }
}
