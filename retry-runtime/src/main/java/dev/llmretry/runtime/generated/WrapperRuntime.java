package dev.llmretry.runtime.generated;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;

/** Gives generated wrappers the {@link Upstream} of their delegate. */
public final class WrapperRuntime {

  private WrapperRuntime() {}

  /**
   * {@return the runtime of a wrapper}
   *
   * @param runtime the runtime that the user has passed
   * @param delegate the object that the wrapper delegates to
   */
  public static RetryRuntime of(RetryRuntime runtime, Object delegate) {
    return requireNonNull(runtime, "runtime").upstream() == Upstream.perDelegate()
        ? runtime.toBuilder().upstream(runtime.upstreamOf(delegate)).build()
        : runtime;
  }
}
