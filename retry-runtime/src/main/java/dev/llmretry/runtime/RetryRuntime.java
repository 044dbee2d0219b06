package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.runtime.internal.classification.RuntimeClassifier;
import dev.llmretry.runtime.internal.execution.CompositeListener;
import dev.llmretry.runtime.internal.upstream.SharedUpstream;
import dev.llmretry.runtime.internal.upstream.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The environment of retried calls: clock, executor, listeners, random source, a cancellation token
 * for all calls, the {@link Upstream} that calls share, and classifiers for failures that the
 * standard classification does not recognise. Immutable, and safe for use by several threads. One
 * instance can be shared by any number of wrappers.
 */
public final class RetryRuntime {

  private static final RetryRuntime STANDARD = builder().build();

  private final boolean enabled;
  private final BackoffClock clock;
  private final CancellationToken token;
  private final @Nullable RetryListener listener;
  private final List<FailureClassifier> classifiers;
  private final DoubleSupplier random;
  private final @Nullable Executor executor;
  private final @Nullable Supplier<? extends Executor> executorPerCall;
  private final SharedUpstream upstream;
  private final Upstreams upstreams;
  private final @Nullable SettingsState settings;

  /**
   * The upstream; if there is a token or a listener, one that is never dormant. So a single read
   * determines whether a call needs none of the three.
   */
  private final SharedUpstream admission;

  private RetryRuntime(Builder builder) {
    enabled = builder.enabled;
    upstream = builder.upstream;
    upstream.use(builder.clock, builder.random);
    upstreams =
        builder.upstreams != null && builder.upstreams.isFor(builder.clock)
            ? builder.upstreams
            : new Upstreams(builder.clock, builder.random);
    clock = builder.clock;
    token = builder.token;
    listener = CompositeListener.of(builder.listeners);
    classifiers = List.copyOf(builder.classifiers);
    random = builder.random;
    executor = builder.executor;
    executorPerCall = builder.executorPerCall;
    settings = builder.settings;
    admission =
        token == CancellationToken.none() && listener == null
            ? upstream.first()
            : SharedUpstream.AWAKE;
  }

  /**
   * {@return the runtime with the system clock, no token, no listener and the standard
   * classification}
   */
  public static RetryRuntime standard() {
    return STANDARD;
  }

  /** {@return a builder that starts from the {@link #standard} runtime} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts from this runtime} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return whether failed attempts are retried} */
  public boolean isEnabled() {
    return enabled;
  }

  /** {@return the clock} */
  public BackoffClock clock() {
    return clock;
  }

  /** {@return the token that cancels all calls} */
  public CancellationToken token() {
    return token;
  }

  /**
   * {@return the listener, or null for none} If several were added, the returned one notifies all
   * of them.
   */
  public @Nullable RetryListener listener() {
    return listener;
  }

  /** {@return the classifiers that are called before the standard one, in this order} */
  public List<FailureClassifier> classifiers() {
    return classifiers;
  }

  /** {@return the source of random numbers for jitter, from 0 inclusive to 1 exclusive} */
  public DoubleSupplier random() {
    return random;
  }

  /** {@return the executor for later attempts, or null for the common pool} */
  public @Nullable Executor executor() {
    return executor;
  }

  /** {@return the supplier of an executor for each call, or null if none was set} */
  public @Nullable Supplier<? extends Executor> executorPerCall() {
    return executorPerCall;
  }

  /** {@return what calls in this runtime share} */
  public Upstream upstream() {
    return upstream;
  }

  /**
   * {@return whether a call may begin without any preparation: this runtime has neither a token nor
   * a listener, and its upstream limits nothing at this moment} Checked before each call.
   */
  public boolean isDormant() {
    return admission.isDormant();
  }

  /**
   * {@return the upstream of the wrappers of an object, if this runtime sets none} It is created on
   * first use, and exists as long as the object or a wrapper.
   *
   * @param delegate the object, compared by identity; a class for woven methods
   */
  public Upstream upstreamOf(Object delegate) {
    return upstreams.of(requireNonNull(delegate, "delegate"));
  }

  /**
   * {@return the policy that applies to a method in this runtime: what the {@linkplain
   * Builder#settings settings} make of the compiled one} They are applied once, when the policy is
   * first used, and again by {@link #refresh}. Wrappers do so with their policies when they are
   * created; do so with those of {@link Retry} and its siblings when the application starts, so
   * that an invalid setting stops it. Otherwise, a policy whose settings are invalid is used as
   * compiled, and a warning is logged.
   *
   * @param compiled the policy of an annotation, or one that was built; what this method has
   *     returned before stands for the policy that it was returned for
   * @throws InvalidSettingsException if the settings are invalid
   */
  public RetryPolicy effective(RetryPolicy compiled) {
    return settings == null ? compiled : settings.effective(compiled);
  }

  /**
   * {@return the policies that {@link #effective} has returned and that still exist, in the order
   * of their names} Empty without settings.
   */
  public List<RetryPolicy> policies() {
    return settings == null ? List.of() : settings.policies();
  }

  /**
   * Checks that all methods that the settings name exist. To be called when the application has
   * started and its wrappers have been created, since only their methods are known. From then on,
   * {@link #refresh} makes this check as well.
   *
   * @throws InvalidSettingsException if a method does not exist
   */
  public void checkSettings() {
    if (settings != null) {
      settings.check();
    }
  }

  /**
   * Replaces the settings of this runtime, and of all that were built from one another with the
   * same settings. They apply to calls that begin from now on; a call that has failed once keeps
   * what applied then. If the new settings are invalid for any method, all of the previous ones
   * remain, and a warning is logged.
   *
   * @param next the new settings
   * @throws InvalidSettingsException if they are invalid
   * @throws IllegalStateException if this runtime was built without settings
   */
  public void refresh(RetrySettings next) {
    requireNonNull(next, "next");
    if (settings == null) {
      throw new IllegalStateException(
          "This runtime was built without settings; use RetryRuntime.builder().settings(…)");
    }
    settings.refresh(next);
  }

  /**
   * {@return the classification of {@code error}} The {@linkplain Builder#classifier classifiers}
   * are called first, then the standard one, which returns {@link FailureKind#UNKNOWN} for an
   * unrecognised error. If this thread is interrupted, an error that reports a cancellation is
   * {@link FailureKind#CANCELLED}, otherwise a failure of the server.
   *
   * @param error the error of an attempt
   */
  public Failure classify(Throwable error) {
    return RuntimeClassifier.classify(this, error, false);
  }

  /** Builds a {@link RetryRuntime}. Not safe for use by several threads. */
  public static final class Builder {

    private boolean enabled = true;
    private BackoffClock clock = BackoffClock.system();
    private CancellationToken token = CancellationToken.none();
    private final List<RetryListener> listeners = new ArrayList<>();
    private final List<FailureClassifier> classifiers = new ArrayList<>();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    private @Nullable Executor executor;
    private @Nullable Supplier<? extends Executor> executorPerCall;
    private SharedUpstream upstream = SharedUpstream.PER_DELEGATE;
    private @Nullable Upstreams upstreams;
    private @Nullable SettingsState settings;

    private Builder() {}

    private Builder(RetryRuntime runtime) {
      enabled = runtime.enabled;
      clock = runtime.clock;
      token = runtime.token;
      if (runtime.listener != null) {
        listeners.add(runtime.listener);
      }
      classifiers.addAll(runtime.classifiers);
      random = runtime.random;
      executor = runtime.executor;
      executorPerCall = runtime.executorPerCall;
      upstream = runtime.upstream;
      upstreams = runtime.upstreams;
      settings = runtime.settings;
    }

    /**
     * Sets whether failed attempts are retried; true unless set. If false, each call makes one
     * attempt, and throws its error; time limits, tokens and listeners apply as usual. For
     * switching retries off by configuration, without replacing the wrappers.
     *
     * @param retries whether to retry
     * @return this builder
     */
    public Builder enabled(boolean retries) {
      enabled = retries;
      return this;
    }

    /**
     * Sets what replaces the settings of annotations, such as those of a configuration file. By
     * default, those of the annotations apply. {@link #refresh} replaces it later; for that alone,
     * set {@code compiled -> compiled}.
     *
     * @param source the settings
     * @return this builder
     */
    public Builder settings(RetrySettings source) {
      settings = new SettingsState(requireNonNull(source, "settings"));
      return this;
    }

    /**
     * Sets the clock. The default is the system clock.
     *
     * @param source the clock
     * @return this builder
     */
    public Builder clock(BackoffClock source) {
      clock = requireNonNull(source, "clock");
      return this;
    }

    /**
     * Sets a token that cancels all calls, such as one for the shutdown of the application. It
     * applies in addition to the call's own token.
     *
     * @param forAllCalls cancels every call in this runtime
     * @return this builder
     */
    public Builder token(CancellationToken forAllCalls) {
      token = requireNonNull(forAllCalls, "token");
      return this;
    }

    /**
     * Adds a listener. Listeners are called in the order in which they were added.
     *
     * @param observer is notified of every call in this runtime
     * @return this builder
     */
    public Builder listener(RetryListener observer) {
      listeners.add(requireNonNull(observer, "listener"));
      return this;
    }

    /**
     * Adds a classifier, which is called before the standard one and before those that are added
     * later. It returns null for exceptions that it does not recognise.
     *
     * @param first the classifier; must be safe for use by several threads
     * @return this builder
     */
    public Builder classifier(FailureClassifier first) {
      classifiers.add(requireNonNull(first, "classifier"));
      return this;
    }

    /**
     * Sets the random source for jitter, with numbers from 0 inclusive to 1 exclusive. For
     * repeatable runs, use {@code new Random(42)::nextDouble}.
     *
     * @param source the source; must be safe for use by several threads
     * @return this builder
     */
    public Builder random(DoubleSupplier source) {
      random = requireNonNull(source, "random");
      return this;
    }

    /**
     * Sets the executor for the later attempts of calls that return futures or publishers, or that
     * take callbacks. Replaces an {@link #executorPerCall}. The default is the common pool. The
     * first attempt is made by the calling thread.
     *
     * <p>The executor is called when the attempt is due, by the clock's thread or by the thread on
     * which the previous attempt failed, so it does not have the caller's context; see {@link
     * #executorPerCall}. The attempt has the caller's context class loader nevertheless. If the
     * executor rejects an attempt, the call ends; if it never runs one, only a deadline ends the
     * call. Time-outs and deadlines do not depend on the executor.
     *
     * @param forLaterAttempts runs the attempts; null for the common pool
     * @return this builder
     */
    public Builder executor(@Nullable Executor forLaterAttempts) {
      executor = forLaterAttempts;
      executorPerCall = null;
      return this;
    }

    /**
     * Supplies each call with an {@link #executor(Executor) executor} of its own, so that its later
     * attempts can have the caller's context, such as the diagnostic context of a logger. The
     * supplier is called by the thread that makes the call, or that subscribes to a publisher,
     * before the call returns; for a future, not at all if the first attempt has succeeded by then
     * and there is no token, time limit or listener.
     *
     * <pre>{@code
     * builder.executorPerCall(
     *     () -> {
     *       Map<String, String> context = MDC.getCopyOfContextMap();
     *       return attempt -> pool.execute(() -> runWith(context, attempt));
     *     });
     * }</pre>
     *
     * <p>If the supplier throws or returns null, a warning is logged, and the call uses the
     * executor for all calls.
     *
     * @param supplier creates an executor; must be safe for use by several threads; null for none
     * @return this builder
     */
    public Builder executorPerCall(@Nullable Supplier<? extends Executor> supplier) {
      executorPerCall = supplier;
      return this;
    }

    /**
     * Sets what calls share. The default is {@link Upstream#perDelegate}; {@link Upstream#none}
     * lets each call be retried alone. Any other upstream is shared by all calls of this runtime,
     * and of others that have the same one.
     *
     * @param shared the upstream
     * @return this builder
     */
    public Builder upstream(Upstream shared) {
      upstream = (SharedUpstream) requireNonNull(shared, "upstream");
      return this;
    }

    /**
     * Builds the runtime.
     *
     * @return the runtime
     * @throws IllegalArgumentException if the upstream is used by a runtime with another clock
     */
    public RetryRuntime build() {
      return new RetryRuntime(this);
    }
  }
}
