package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.internal.upstream.SharedUpstream;
import dev.llmretry.runtime.upstream.UpstreamStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one provider share: one account and model, for instance. When the provider pushes
 * back with a rate limit, no call begins an attempt until the pause that it asked for is over; then
 * attempts begin in order of arrival, at the rate that the provider accepts. Retries of other
 * failures draw on a budget that successes refill, so that they do not amplify an outage.
 *
 * <p>Calls that have to wait do so before their attempt, and use up no retry. Until the provider
 * pushes back for the first time, or a retry is made, an upstream costs one read per call.
 *
 * <p>By default each object that generated wrappers delegate to has an upstream of its own. Calls
 * through several objects share one that is set in the {@linkplain RetryRuntime.Builder#upstream
 * runtime}. Do not use one upstream for several providers: a limit of one would hold back the calls
 * of all.
 *
 * <p>An upstream belongs to the clock of the first runtime that uses it. Safe for use by several
 * threads.
 */
public abstract sealed class Upstream permits SharedUpstream {

  /** Creates an upstream. */
  protected Upstream() {}

  /**
   * {@return an upstream for each object that generated wrappers delegate to} Calls that are
   * retried without a wrapper, as by {@link Retry}, share nothing. This is the default.
   */
  public static Upstream perDelegate() {
    return SharedUpstream.PER_DELEGATE;
  }

  /** {@return no upstream: each call is retried alone} */
  public static Upstream none() {
    return SharedUpstream.NONE;
  }

  /**
   * {@return a new upstream with the default limits}
   *
   * @param name for logs, error messages and meters; with a {@linkplain Builder#store store},
   *     processes share what has the same name
   */
  public static Upstream of(String name) {
    return builder(name).build();
  }

  /**
   * {@return a builder of an upstream}
   *
   * @param name for logs, error messages and meters; with a {@linkplain Builder#store store},
   *     processes share what has the same name
   */
  public static Builder builder(String name) {
    return new Builder(requireNonNull(name, "name"));
  }

  /** {@return the name} */
  public abstract String name();

  /**
   * Keeps attempts from beginning for some time, like a pushback of the provider. For interceptors
   * of HTTP clients that learn of a limit in another way.
   *
   * @param pause the time from now; a pause that ends later remains
   * @throws IllegalArgumentException if {@code pause} is negative
   * @throws IllegalStateException if no runtime uses this upstream
   */
  public abstract void pushback(Duration pause);

  /**
   * Takes the rate-limit headers of an answer into account: if no requests remain, attempts pause
   * until the limit is reset.
   *
   * @param remaining how many requests the provider still accepts
   * @param reset the time until it accepts more
   * @throws IllegalArgumentException if an argument is negative
   * @throws IllegalStateException if no runtime uses this upstream
   */
  public abstract void limits(long remaining, Duration reset);

  /** Forgets pauses, the measured rate and the state of budgets, and lets waiting calls begin. */
  public abstract void reset();

  /** {@return the state at this moment, for gauges} */
  public abstract UpstreamState state();

  @Override
  public final String toString() {
    return "Upstream[" + name() + "]";
  }

  /** Builds an {@link Upstream}. Not safe for use by several threads. */
  public static final class Builder {

    private final String name;
    private Duration maxWait = SharedUpstream.DEFAULT_MAX_WAIT;
    private @Nullable Integer maxWaiting;
    private @Nullable UpstreamStore store;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Sets how long a call waits for its turns, in all its attempts together. When the time is over
     * the call ends; see {@link GiveUpReason#HELD_BACK}. The default is 5 minutes.
     *
     * @param limit the limit, positive
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Builder maxWait(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("maxWait must be positive: " + limit);
      }
      maxWait = limit;
      return this;
    }

    /**
     * Sets how many calls may wait at once. Others end at once; see {@link GiveUpReason#HELD_BACK}.
     * Set it where waiting calls block the threads of a server. The default is no limit; then a
     * warning is logged, once, when 50 platform threads have waited for 10 seconds.
     *
     * @param limit the limit, 0 or more; {@link Integer#MAX_VALUE} for none, and no warning
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is negative
     */
    public Builder maxWaiting(int limit) {
      if (limit < 0) {
        throw new IllegalArgumentException("maxWaiting must not be negative: " + limit);
      }
      maxWaiting = limit;
      return this;
    }

    /**
     * Shares the upstream with other processes: pauses, turns, and the measured rate are those of
     * all processes whose upstream has the same name in the same store. The default is no store.
     *
     * <p>While attempts are not held back the store is not used. A call that waits for its turn
     * does so without blocking on the store; if {@link #maxWaiting} is 0, one may wait
     * nevertheless.
     *
     * @param shared the store
     * @return this builder
     */
    public Builder store(UpstreamStore shared) {
      store = requireNonNull(shared, "store");
      return this;
    }

    /**
     * Builds the upstream.
     *
     * @return a new upstream
     */
    public Upstream build() {
      if (store == null) {
        return new SharedUpstream(name, maxWait, maxWaiting);
      }
      Integer limit = maxWaiting == null ? null : Math.max(1, maxWaiting);
      var upstream = new SharedUpstream(name, maxWait, limit);
      upstream.join(store);
      return upstream;
    }
  }
}
