package dev.llmretry.runtime.generated;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.internal.util.SneakyThrow;

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

  /**
   * Closes the delegates of all routes, whatever goes wrong.
   *
   * @param <D> the type of delegate
   * @param routes the routes
   * @param close closes a delegate; what it throws is rethrown, that of later routes as suppressed
   */
  public static <D> void closeAll(Routes<D> routes, Close<? super D> close) {
    Throwable first = null;
    for (Route<D> route : routes.all()) {
      try {
        close.close(route.delegate());
      } catch (Throwable e) {
        if (first == null) {
          first = e;
        } else if (first != e) {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      // Declared by the method that closes the wrapper.
      throw SneakyThrow.<RuntimeException>of(first);
    }
  }

  /**
   * Closes a delegate.
   *
   * @param <D> the type of delegate
   */
  @FunctionalInterface
  public interface Close<D> {

    /**
     * Closes it.
     *
     * @param delegate the delegate
     * @throws Throwable if that fails
     */
    void close(D delegate) throws Throwable;
  }
}
