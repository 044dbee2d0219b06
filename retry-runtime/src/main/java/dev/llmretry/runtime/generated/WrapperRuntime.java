package dev.llmretry.runtime.generated;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;

/** Gives generated wrappers the {@link Upstream} of their delegate, and applies settings. */
public final class WrapperRuntime {

  private WrapperRuntime() {}

  /**
   * {@return the runtime of a wrapper}
   *
   * @param runtime the runtime that the user has passed
   * @param delegate the object that the wrapper delegates to
   * @param policies the settings of the wrapper's methods
   * @throws InvalidSettingsException if the settings of the runtime are invalid for a policy
   */
  public static RetryRuntime of(RetryRuntime runtime, Object delegate, RetryPolicy... policies) {
    requireNonNull(runtime, "runtime");
    for (RetryPolicy policy : policies) {
      var unused = runtime.effective(policy);
    }
    return runtime.upstream() == Upstream.perDelegate()
        ? runtime.toBuilder().upstream(runtime.upstreamOf(delegate)).build()
        : runtime;
  }
}
