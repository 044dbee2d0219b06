package dev.llmretry.runtime;

import static java.util.Objects.requireNonNull;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.Reviser;
import dev.llmretry.runtime.internal.execution.PolicyConsistency;
import dev.llmretry.runtime.internal.execution.PolicyLimits;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.util.Log;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one retried method; the same as those of {@link dev.llmretry.LlmRetry}.
 * Immutable, and safe for use by several threads if the preamble predicate, the check and the
 * reviser are.
 *
 * <pre>{@code
 * RetryPolicy policy = RetryPolicy.builder("chat").maxRetries(5).deadline(Duration.ofSeconds(20)).build();
 * }</pre>
 */
public final class RetryPolicy {

  private final String name;
  private final String key;
  private final boolean enabled;
  private final int maxRetries;
  private final Duration baseDelay;
  private final double multiplier;
  private final Duration maxDelay;
  private final Jitter jitter;
  private final Nested nested;
  private final @Nullable Duration deadline;
  private final @Nullable Duration attemptTimeout;
  private final @Nullable Duration hedgeAfter;
  private final @Nullable Duration maxRetryAfter;
  private final List<Class<? extends Throwable>> retryOn;
  private final List<Class<? extends Throwable>> abortOn;
  private final Set<FailureKind> retryOnKinds;
  private final Set<FailureKind> abortOnKinds;
  private final @Nullable Predicate<Object> preamble;
  private final @Nullable ResultCheck<Object> check;
  private final @Nullable Reviser<Object> reviser;

  /** The policies that settings have derived from this one, usually one; null if there are none. */
  private volatile @Nullable Variant variants;

  /** The policy from which settings have derived this one; null if they have not. */
  private volatile @Nullable DerivedFrom derivedFrom;

  private RetryPolicy(Builder builder) {
    name = builder.name;
    key = builder.key;
    enabled = builder.enabled;
    maxRetries = builder.maxRetries;
    baseDelay = builder.baseDelay;
    multiplier = builder.multiplier;
    maxDelay = builder.maxDelay;
    jitter = builder.jitter;
    nested = builder.nested;
    deadline = builder.deadline;
    attemptTimeout = builder.attemptTimeout;
    hedgeAfter = builder.hedgeAfter;
    maxRetryAfter = builder.maxRetryAfter;
    retryOn = List.copyOf(builder.retryOn);
    abortOn = List.copyOf(builder.abortOn);
    retryOnKinds = Set.copyOf(builder.retryOnKinds);
    abortOnKinds = Set.copyOf(builder.abortOnKinds);
    preamble = builder.preamble;
    check = builder.check;
    reviser = builder.reviser;
  }

  /**
   * {@return a builder with the defaults of {@code @LlmRetry}}
   *
   * @param name the name of the method in logs, listeners and traces
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** {@return a builder with the settings of this policy} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return the name of the method in logs, listeners and traces} */
  public String name() {
    return name;
  }

  /** {@return the name of the method in {@link RetrySettings}: its {@link #name} unless set} */
  public String key() {
    return key;
  }

  /** {@return whether failed attempts are retried} */
  public boolean isEnabled() {
    return enabled;
  }

  /** {@return the maximum number of retries, which is one less than that of attempts} */
  public int maxRetries() {
    return maxRetries;
  }

  /** {@return the delay before the first retry, without jitter} */
  public Duration baseDelay() {
    return baseDelay;
  }

  /** {@return the factor by which each delay is longer than the one before} */
  public double multiplier() {
    return multiplier;
  }

  /**
   * {@return the upper limit of back-off; it does not apply to a delay that the provider asks for}
   */
  public Duration maxDelay() {
    return maxDelay;
  }

  /** {@return how delays are randomised} */
  public Jitter jitter() {
    return jitter;
  }

  /** {@return whether an error on which a nested retry has exhausted its attempts is retried} */
  public Nested nested() {
    return nested;
  }

  /** {@return the time limit of the whole call, or null for none} */
  public @Nullable Duration deadline() {
    return deadline;
  }

  /** {@return the time limit of one attempt, or null for none} */
  public @Nullable Duration attemptTimeout() {
    return attemptTimeout;
  }

  /** {@return the time after which a slow attempt is hedged, or null for never} */
  public @Nullable Duration hedgeAfter() {
    return hedgeAfter;
  }

  /** {@return the longest delay that a provider may ask for, or null for any} */
  public @Nullable Duration maxRetryAfter() {
    return maxRetryAfter;
  }

  /** {@return the exception classes to retry in addition} */
  public List<Class<? extends Throwable>> retryOn() {
    return retryOn;
  }

  /** {@return the exception classes not to retry} */
  public List<Class<? extends Throwable>> abortOn() {
    return abortOn;
  }

  /** {@return the kinds of failure to retry in addition} */
  public Set<FailureKind> retryOnKinds() {
    return retryOnKinds;
  }

  /** {@return the kinds of failure not to retry} */
  public Set<FailureKind> abortOnKinds() {
    return abortOnKinds;
  }

  /** {@return whether attempts have a time limit: an attempt time-out or a deadline} */
  public boolean isTimed() {
    return deadline != null || attemptTimeout != null;
  }

  /** {@return whether a preamble predicate is set} */
  public boolean hasPreamble() {
    return preamble != null;
  }

  /**
   * {@return whether an element of a stream is part of its preamble} If the predicate throws, the
   * exception is logged and the element counts as content.
   *
   * @param element an element; null is content
   */
  public boolean isPreamble(@Nullable Object element) {
    if (preamble == null || element == null) {
      return false;
    }
    try {
      return preamble.test(element);
    } catch (Throwable e) {
      Log.warning("The preamble of " + name + " failed; the element counts as content", e);
      return false;
    }
  }

  /** Returns the policy that a version of settings has derived from this one, or null. */
  @Nullable RetryPolicy variantFor(Object version) {
    for (Variant each = variants; each != null; each = each.next) {
      if (each.version.refersTo(version)) {
        return each.result;
      }
    }
    return null;
  }

  /** Records the policy that a version of settings derives from this one, while it is reachable. */
  void addVariant(Object version, RetryPolicy result) {
    synchronized (RetryPolicy.class) {
      variants = new Variant(new WeakReference<>(version), result, Variant.live(variants));
    }
  }

  /** Returns the policy from which these settings have derived this one; otherwise this one. */
  RetryPolicy compiledFor(SettingsState settings) {
    DerivedFrom from = derivedFrom;
    return from != null && from.settings.refersTo(settings) ? from.compiled : this;
  }

  /** Records from which policy settings derive this one, so that they are not applied twice. */
  void setDerivedFrom(SettingsState settings, RetryPolicy compiled) {
    derivedFrom = new DerivedFrom(new WeakReference<>(settings), compiled);
  }

  /** Returns whether this policy differs from another only in what settings may change. */
  boolean isVariantOf(RetryPolicy other) {
    return name.equals(other.name)
        && preamble == other.preamble
        && check == other.check
        && reviser == other.reviser;
  }

  /** {@return whether results are checked} */
  public boolean hasCheck() {
    return check != null;
  }

  /**
   * {@return why a result is rejected, or null if it is accepted} If the check throws, the
   * exception is logged and the result is accepted.
   *
   * @param result a result; null if there is none
   */
  public @Nullable Rejection check(@Nullable Object result) {
    return check(result, false);
  }

  /**
   * {@return why an element is rejected, or null if it is accepted} If the check throws, the
   * exception is logged and the element is accepted.
   *
   * @param element an element of a stream; null if there is none
   */
  public @Nullable Rejection checkElement(@Nullable Object element) {
    return check(element, true);
  }

  private @Nullable Rejection check(@Nullable Object checked, boolean isElement) {
    if (check == null) {
      return null;
    }
    try {
      if (checked == null) {
        return check.checkAbsent();
      }
      return isElement ? check.checkElement(checked) : check.check(checked);
    } catch (Throwable e) {
      Log.warning("The check of " + name + " failed; the result counts as accepted", e);
      return null;
    }
  }

  /**
   * Revises a request once for each failed attempt. If the reviser throws or returns null, that is
   * logged, and the request is passed on as it was.
   *
   * @param <Q> the request
   * @param request the request of the first attempt
   * @param failures the failed attempts, oldest first
   * @return the request for the next attempt
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the processor has checked the type
  public <Q extends @Nullable Object> Q revise(Q request, List<FailedAttempt> failures) {
    Object revised = request;
    if (reviser != null) {
      for (FailedAttempt failed : failures) {
        revised = revise(reviser, revised, failed);
      }
    }
    return (Q) revised;
  }

  private @Nullable Object revise(
      Reviser<Object> by, @Nullable Object request, FailedAttempt failed) {
    try {
      return requireNonNull(reviseOrNull(by, request, failed), "the reviser returned null");
    } catch (Throwable e) {
      Log.warning("The reviser of " + name + " failed; the request remains as it was", e);
      return request;
    }
  }

  @SuppressWarnings("NullAway") // the request may be null if the parameter may be
  private static @Nullable Object reviseOrNull(
      Reviser<Object> by, @Nullable Object request, FailedAttempt failed) {
    return by.revise(request, failed.failure().kind(), failed.error());
  }

  /** {@return the name, the number of retries, and the other settings that are not the defaults} */
  @Override
  public String toString() {
    var text = new StringBuilder("RetryPolicy[").append(name);
    text.append(", maxRetries=").append(maxRetries);
    Builder defaults = new Builder(name);
    append(text, "enabled", enabled, defaults.enabled);
    append(text, "baseDelay", baseDelay, defaults.baseDelay);
    append(text, "multiplier", multiplier, defaults.multiplier);
    append(text, "maxDelay", maxDelay, defaults.maxDelay);
    append(text, "jitter", jitter, defaults.jitter);
    append(text, "nested", nested, defaults.nested);
    append(text, "deadline", deadline, defaults.deadline);
    append(text, "attemptTimeout", attemptTimeout, defaults.attemptTimeout);
    append(text, "hedgeAfter", hedgeAfter, defaults.hedgeAfter);
    append(text, "maxRetryAfter", maxRetryAfter, defaults.maxRetryAfter);
    append(text, "retryOn", retryOn, List.copyOf(defaults.retryOn));
    append(text, "abortOn", abortOn, List.copyOf(defaults.abortOn));
    append(text, "retryOnKinds", retryOnKinds, defaults.retryOnKinds);
    append(text, "abortOnKinds", abortOnKinds, defaults.abortOnKinds);
    return text.append(']').toString();
  }

  private static void append(
      StringBuilder text, String setting, @Nullable Object value, @Nullable Object ofDefault) {
    if (!Objects.equals(value, ofDefault)) {
      text.append(", ").append(setting).append('=');
      if (value instanceof Duration duration) {
        text.append(Durations.format(duration));
      } else {
        text.append(value == null ? "unlimited" : value);
      }
    }
  }

  /**
   * What the settings of one version make of a policy. The policy refers to it, and not the runtime
   * that has the settings, so that neither keeps the other's class loader alive.
   */
  private record Variant(
      WeakReference<Object> version, RetryPolicy result, @Nullable Variant next) {

    /** Returns a list without those whose version does not exist any more. */
    static @Nullable Variant live(@Nullable Variant list) {
      if (list == null) {
        return null;
      }
      Variant rest = live(list.next);
      return list.version.refersTo(null) ? rest : new Variant(list.version, list.result, rest);
    }
  }

  private record DerivedFrom(WeakReference<SettingsState> settings, RetryPolicy compiled) {}

  /** Builds a {@link RetryPolicy}. Not safe for use by several threads. */
  public static final class Builder {

    private String name;
    private String key;
    private boolean enabled = true;
    private int maxRetries = PolicyLimits.DEFAULT_RETRIES;
    private Duration baseDelay = Duration.ofMillis(PolicyLimits.DEFAULT_BASE_DELAY_MS);
    private double multiplier = PolicyLimits.DEFAULT_MULTIPLIER;
    private Duration maxDelay = Duration.ofMillis(PolicyLimits.DEFAULT_MAX_DELAY_MS);
    private Jitter jitter = Jitter.NONE;
    private Nested nested = Nested.ONCE;
    private @Nullable Duration deadline;
    private @Nullable Duration attemptTimeout;
    private @Nullable Duration hedgeAfter;
    private @Nullable Duration maxRetryAfter =
        Duration.ofMillis(PolicyLimits.DEFAULT_MAX_RETRY_AFTER_MS);
    private final Set<Class<? extends Throwable>> retryOn = new LinkedHashSet<>();
    private final Set<Class<? extends Throwable>> abortOn = new LinkedHashSet<>();
    private final Set<FailureKind> retryOnKinds = EnumSet.noneOf(FailureKind.class);
    private final Set<FailureKind> abortOnKinds = EnumSet.noneOf(FailureKind.class);
    private @Nullable Predicate<Object> preamble;
    private @Nullable ResultCheck<Object> check;
    private @Nullable Reviser<Object> reviser;

    private Builder(String name) {
      this.name = requireNonNull(name, "name");
      key = name;
    }

    private Builder(RetryPolicy policy) {
      name = policy.name;
      key = policy.key;
      enabled = policy.enabled;
      maxRetries = policy.maxRetries;
      baseDelay = policy.baseDelay;
      multiplier = policy.multiplier;
      maxDelay = policy.maxDelay;
      jitter = policy.jitter;
      nested = policy.nested;
      deadline = policy.deadline;
      attemptTimeout = policy.attemptTimeout;
      hedgeAfter = policy.hedgeAfter;
      maxRetryAfter = policy.maxRetryAfter;
      retryOn.addAll(policy.retryOn);
      abortOn.addAll(policy.abortOn);
      retryOnKinds.addAll(policy.retryOnKinds);
      abortOnKinds.addAll(policy.abortOnKinds);
      preamble = policy.preamble;
      check = policy.check;
      reviser = policy.reviser;
    }

    /**
     * Sets the name, so that a copy can serve another method. The {@linkplain #key key} stays.
     *
     * @param nameOfMethod the name in logs, listeners and traces
     * @return this builder
     */
    public Builder name(String nameOfMethod) {
      name = requireNonNull(nameOfMethod, "name");
      return this;
    }

    /**
     * Sets the name of the method in {@link RetrySettings}. The default is the name of the policy.
     *
     * @param nameInSettings the name; several methods may have the same
     * @return this builder
     */
    public Builder key(String nameInSettings) {
      key = requireNonNull(nameInSettings, "key");
      return this;
    }

    /**
     * Sets whether failed attempts are retried; true unless set. If false, a call makes one
     * attempt, and time limits, tokens and listeners apply as usual.
     *
     * @param retries whether to retry
     * @return this builder
     */
    public Builder enabled(boolean retries) {
      enabled = retries;
      return this;
    }

    /**
     * Sets the maximum number of retries; see {@link dev.llmretry.LlmRetry#max} for what counts as
     * one. The default is 3.
     *
     * @param retries from 0 to 10,000
     * @return this builder
     * @throws IllegalArgumentException if it is negative or above 10,000
     */
    public Builder maxRetries(int retries) {
      if (!PolicyLimits.isValidRetries(retries)) {
        throw new IllegalArgumentException(
            "maxRetries is "
                + retries
                + "; from 0 to "
                + PolicyLimits.MAX_RETRIES
                + " are possible");
      }
      maxRetries = retries;
      return this;
    }

    /**
     * Sets the delay before the first retry. The default is 100 ms.
     *
     * @param delay zero or more, and not above {@link #maxDelay}
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder baseDelay(Duration delay) {
      baseDelay = notNegative("baseDelay", delay);
      return this;
    }

    /**
     * Sets the factor by which each delay is longer than the one before. The default is 2.
     *
     * @param factor 1 or more, and finite
     * @return this builder
     * @throws IllegalArgumentException if it is below 1, infinite or not a number
     */
    public Builder multiplier(double factor) {
      if (!PolicyLimits.isValidMultiplier(factor)) {
        throw new IllegalArgumentException(
            "multiplier is " + factor + "; it must be 1 or more, and finite");
      }
      multiplier = factor;
      return this;
    }

    /**
     * Sets the upper limit of back-off. The default is 30 s.
     *
     * @param delay zero or more, and not below {@link #baseDelay}
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxDelay(Duration delay) {
      maxDelay = notNegative("maxDelay", delay);
      return this;
    }

    /**
     * Sets how delays are randomised. The default is {@link Jitter#NONE}.
     *
     * @param kind the kind of jitter
     * @return this builder
     */
    public Builder jitter(Jitter kind) {
      jitter = requireNonNull(kind, "jitter");
      return this;
    }

    /**
     * Sets whether an error on which a nested retry has exhausted its attempts is retried. The
     * default is {@link Nested#ONCE}.
     *
     * @param how the treatment of such errors
     * @return this builder
     */
    public Builder nested(Nested how) {
      nested = requireNonNull(how, "nested");
      return this;
    }

    /**
     * Sets the time limit of the whole call, attempts and delays included; for streams, see {@link
     * dev.llmretry.LlmRetry#deadlineMs}. By default there is none.
     *
     * @param time more than zero; null for no limit
     * @return this builder
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder deadline(@Nullable Duration time) {
      deadline = positive("deadline", time);
      return this;
    }

    /**
     * Sets the time limit of one attempt; see {@link dev.llmretry.LlmRetry#attemptTimeoutMs}. By
     * default there is none.
     *
     * @param time more than zero; null for no limit
     * @return this builder
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder attemptTimeout(@Nullable Duration time) {
      attemptTimeout = positive("attemptTimeout", time);
      return this;
    }

    /**
     * Sets how long an attempt may be without a result, or without content, before a second one is
     * made beside it; see {@link dev.llmretry.LlmRetry#hedgeAfterMs}. It applies to {@link
     * AsyncRetry}, {@link PublisherRetry}, {@link CallbackRetry}, and to those that integrations
     * add for the types of other libraries; the call is then made by two threads at the same time.
     * With {@link Upstream#none}, every slow attempt is hedged. By default, attempts are not
     * hedged.
     *
     * @param time more than zero; null for never
     * @return this builder
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder hedgeAfter(@Nullable Duration time) {
      hedgeAfter = positive("hedgeAfter", time);
      return this;
    }

    /**
     * Sets the longest delay that a provider may ask for. A longer one ends the call. The default
     * is 60 s.
     *
     * @param time zero or more
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxRetryAfter(Duration time) {
      maxRetryAfter = notNegative("maxRetryAfter", time);
      return this;
    }

    /**
     * Accepts any delay that a provider asks for.
     *
     * @return this builder
     */
    public Builder unlimitedRetryAfter() {
      maxRetryAfter = null;
      return this;
    }

    /**
     * Retries exceptions of a class and its subclasses, also as causes. Can be called several
     * times.
     *
     * @param type the class of exceptions
     * @return this builder
     */
    public Builder retryOn(Class<? extends Throwable> type) {
      retryOn.add(requireNonNull(type, "type"));
      return this;
    }

    /**
     * Does not retry exceptions of a class and its subclasses, also as causes; see {@link
     * dev.llmretry.LlmRetry#retryOn} for the order of precedence. Can be called several times.
     *
     * @param type the class of exceptions
     * @return this builder
     */
    public Builder abortOn(Class<? extends Throwable> type) {
      abortOn.add(requireNonNull(type, "type"));
      return this;
    }

    /**
     * Retries failures of a kind. Can be called several times. Exceptions with an {@link Error}
     * among their causes are never retried.
     *
     * @param kind the kind; not {@link FailureKind#CANCELLED}, which is never retried
     * @return this builder
     */
    public Builder retryOn(FailureKind kind) {
      retryOnKinds.add(requireNonNull(kind, "kind"));
      return this;
    }

    /**
     * Does not retry failures of a kind, even if {@code retryOn} has the exception's class. Can be
     * called several times.
     *
     * @param kind the kind
     * @return this builder
     */
    public Builder abortOn(FailureKind kind) {
      abortOnKinds.add(requireNonNull(kind, "kind"));
      return this;
    }

    /**
     * Sets the kinds of failure to retry, instead of those set before; see {@link
     * #retryOn(FailureKind)}.
     *
     * @param kinds the kinds
     * @return this builder
     */
    public Builder retryOnKinds(Collection<FailureKind> kinds) {
      retryOnKinds.clear();
      retryOnKinds.addAll(kinds);
      return this;
    }

    /**
     * Sets the kinds of failure not to retry, instead of those set before; see {@link
     * #abortOn(FailureKind)}.
     *
     * @param kinds the kinds
     * @return this builder
     */
    public Builder abortOnKinds(Collection<FailureKind> kinds) {
      abortOnKinds.clear();
      abortOnKinds.addAll(kinds);
      return this;
    }

    /**
     * Sets the predicate that recognises the preamble of a stream. The preamble is held back until
     * the first element of content, and dropped if the stream is retried. By default all elements
     * are content. All calls with this policy, on all threads, share the predicate, so it must not
     * keep state of a stream.
     *
     * @param test a predicate for elements of the stream; must be safe for use by several threads
     * @return this builder
     */
    @SuppressWarnings("unchecked") // a ClassCastException counts as content
    public Builder preamble(Predicate<?> test) {
      preamble = (Predicate<Object>) requireNonNull(test, "test");
      return this;
    }

    /**
     * Sets the check of results. A rejected one counts as a failure; if no retry follows, it is
     * returned. By default all results are accepted.
     *
     * @param test checks results of the call, or elements; must be safe for use by several threads
     * @return this builder
     */
    @SuppressWarnings("unchecked") // after a ClassCastException the result stands
    public Builder check(ResultCheck<?> test) {
      check = (ResultCheck<Object>) requireNonNull(test, "test");
      return this;
    }

    /**
     * Sets what changes the request for later attempts. It applies to {@link Attempt#revise}, which
     * the code that makes an attempt calls. By default all attempts make the same request.
     *
     * @param change changes requests; must be safe for use by several threads
     * @return this builder
     */
    @SuppressWarnings("unchecked") // after a ClassCastException the request remains
    public Builder revise(Reviser<?> change) {
      reviser = (Reviser<Object>) requireNonNull(change, "change");
      return this;
    }

    /**
     * Builds the policy. The settings are checked against each other by the rules that apply to
     * {@code @LlmRetry}, and the messages have the identifiers of these diagnostics. What is a
     * warning for an annotation, such as a deadline that leaves no time for a retry, is logged at
     * WARNING.
     *
     * @return the policy
     * @throws IllegalArgumentException if {@code baseDelay} is longer than {@code maxDelay}
     *     (LR003), if a class (LR007) or kind (LR011) is both retried and not, if a class has no
     *     effect beside a superclass (LR008), or if a class or kind is never retried (LR009)
     */
    public RetryPolicy build() {
      var policy = new RetryPolicy(this);
      PolicyConsistency.check(policy);
      return policy;
    }

    private static Duration notNegative(String setting, Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException(setting + " is " + time + "; it cannot be negative");
      }
      return time;
    }

    private static @Nullable Duration positive(String setting, @Nullable Duration time) {
      if (time != null && (time.isNegative() || time.isZero())) {
        throw new IllegalArgumentException(
            setting + " is " + time + "; it must be more than zero. Leave it unset for no limit");
      }
      return time;
    }
  }
}
