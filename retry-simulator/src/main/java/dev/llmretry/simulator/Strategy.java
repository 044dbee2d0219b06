package dev.llmretry.simulator;

import static dev.llmretry.simulator.Checks.seconds;
import static java.util.Objects.requireNonNull;

import dev.llmretry.Jitter;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * How calls are retried: a policy, and the runtime that applies it. Immutable.
 *
 * <p>Those that {@linkplain #isModel() model} what other libraries do are for comparison. They
 * imitate only what is documented here.
 */
public final class Strategy {

  private final String name;
  private final RetryPolicy policy;
  private final UnaryOperator<RetryRuntime.Builder> settings;
  private final Set<Trait> traits;
  private final List<Gauge> gauges;

  private Strategy(
      String name,
      RetryPolicy policy,
      UnaryOperator<RetryRuntime.Builder> settings,
      Set<Trait> traits,
      List<Gauge> gauges) {
    this.name = requireNonNull(name, "name");
    this.policy = requireNonNull(policy, "policy");
    this.settings = settings;
    this.traits = Set.copyOf(traits);
    this.gauges = List.copyOf(gauges);
  }

  /**
   * {@return a strategy that retries each call with {@code policy}}
   *
   * @param name the name in reports
   * @param policy the policy
   */
  public static Strategy of(String name, RetryPolicy policy) {
    return new Strategy(name, policy, UnaryOperator.identity(), Set.of(), List.of());
  }

  /**
   * {@return this strategy with settings of the runtime} Clock, executor and random source are the
   * simulation's.
   *
   * @param change changes the builder of a runtime; called once for each process, so that what it
   *     creates is shared by the calls of one process
   */
  public Strategy runtime(UnaryOperator<RetryRuntime.Builder> change) {
    requireNonNull(change, "change");
    return new Strategy(
        name, policy, builder -> change.apply(settings.apply(builder)), traits, gauges);
  }

  /**
   * {@return this strategy with a figure of the runtime, which is recorded over time and shown in
   * charts}
   *
   * @param gauge its name
   * @param current reads the current value, in the runtime of the first process; called once in
   *     each second
   */
  public Strategy gauge(String gauge, ToDoubleFunction<RetryRuntime> current) {
    List<Gauge> all = new ArrayList<>(gauges);
    all.add(new Gauge(requireNonNull(gauge, "gauge"), requireNonNull(current, "current")));
    return new Strategy(name, policy, settings, traits, all);
  }

  /**
   * {@return the defaults of {@code @LlmRetry}: 3 retries after 100, 200 and 400 ms, or as told;
   * the calls of a process share an upstream} As the calls of a generated wrapper do. Charts show
   * its state.
   */
  public static Strategy defaults() {
    return of("LlmRetry", RetryPolicy.builder("defaults").build())
        .runtime(builder -> builder.upstream(newUpstream()))
        .gauge("gate closed for, s", runtime -> seconds(runtime.upstream().state().closedFor()))
        .gauge(
            "calls per second that the gate admits", runtime -> runtime.upstream().state().rate())
        .gauge("retry budget", runtime -> runtime.upstream().state().budget());
  }

  /**
   * {@return the {@linkplain #defaults() defaults}, with hedges} Blocking calls have none.
   *
   * @param after the time after which a second attempt is made beside a slow one
   */
  public static Strategy hedged(Duration after) {
    Strategy defaults = defaults();
    return new Strategy(
        "LlmRetry, hedged",
        defaults.policy.toBuilder().hedgeAfter(after).build(),
        defaults.settings,
        defaults.traits,
        defaults.gauges);
  }

  /**
   * {@return the {@linkplain #defaults() defaults}, where processes share their upstream through a
   * store} A round trip to the store takes a millisecond.
   */
  public static Strategy sharedByProcesses() {
    Strategy defaults = defaults();
    return new Strategy(
        "LlmRetry, shared",
        defaults.policy,
        defaults.settings,
        Set.of(Trait.SHARED),
        defaults.gauges);
  }

  /**
   * {@return the {@linkplain #defaults() defaults}, with a route to each provider of the scenario}
   * Other strategies use the first provider only. Charts do not show the state of upstreams.
   */
  public static Strategy routed() {
    return new Strategy(
        "LlmRetry, routed",
        RetryPolicy.builder("routed").build(),
        UnaryOperator.identity(),
        Set.of(Trait.ROUTED),
        List.of());
  }

  private static Upstream newUpstream() {
    return upstream("simulated").build();
  }

  /** Any number of threads may wait: they are simulated. */
  static Upstream.Builder upstream(String name) {
    return Upstream.builder(name).maxWaiting(Integer.MAX_VALUE);
  }

  /** {@return the same settings without an upstream: each call is retried alone} */
  public static Strategy alone() {
    return of("each call alone", RetryPolicy.builder("alone").build());
  }

  /** {@return no retries} */
  public static Strategy noRetries() {
    return of("no retries", RetryPolicy.builder("none").maxRetries(0).build());
  }

  /**
   * {@return exponential back-off that ignores the provider's hints, as in most libraries}
   *
   * @param base the first delay, which then doubles up to 30 s
   * @param retries the number of retries
   */
  public static Strategy modelOfExponentialBackoff(Duration base, int retries) {
    RetryPolicy policy =
        RetryPolicy.builder("exponential").maxRetries(retries).baseDelay(base).build();
    return new Strategy(
        "back-off without hints (" + retries + ")",
        policy,
        builder -> builder.classifier((error, time) -> withoutHint(error)),
        Set.of(Trait.MODEL),
        List.of());
  }

  private static Failure withoutHint(Throwable error) {
    Failure failure = RetryRuntime.standard().classify(error);
    return Failure.of(failure.kind(), failure.reason());
  }

  /**
   * {@return full jitter in addition to the provider's hint, as in careful clients}
   *
   * @param base the ceiling of the first delay, which then doubles up to 30 s
   * @param retries the number of retries
   */
  public static Strategy modelOfFullJitter(Duration base, int retries) {
    RetryPolicy policy =
        RetryPolicy.builder("full-jitter")
            .maxRetries(retries)
            .baseDelay(base)
            .jitter(Jitter.FULL)
            .build();
    return new Strategy(
        "hint and full jitter (" + retries + ")",
        policy,
        UnaryOperator.identity(),
        Set.of(Trait.MODEL),
        List.of());
  }

  /**
   * {@return the adaptive mode of the AWS SDKs} All requests of a process pass a rate limiter,
   * which is adjusted by the CUBIC algorithm; in addition, full jitter from 1 s up to 20 s. As in
   * <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry
   * behavior</a>, without its retry quota, and only with {@link Driver#FUTURES}.
   *
   * @param retries the number of retries
   */
  public static Strategy modelOfAwsAdaptive(int retries) {
    RetryPolicy policy =
        RetryPolicy.builder("aws-adaptive")
            .maxRetries(retries)
            .baseDelay(Duration.ofSeconds(1))
            .maxDelay(Duration.ofSeconds(20))
            .jitter(Jitter.FULL)
            .build();
    return new Strategy(
        "AWS adaptive (" + retries + ")",
        policy,
        UnaryOperator.identity(),
        Set.of(Trait.MODEL, Trait.ADAPTIVE),
        List.of());
  }

  /** {@return the name in reports} */
  public String name() {
    return name;
  }

  /** {@return whether this is a model of what another library does} */
  public boolean isModel() {
    return traits.contains(Trait.MODEL);
  }

  /** {@return the policy} */
  public RetryPolicy policy() {
    return policy;
  }

  UnaryOperator<RetryRuntime.Builder> settings() {
    return settings;
  }

  List<Gauge> gauges() {
    return gauges;
  }

  boolean isShared() {
    return traits.contains(Trait.SHARED);
  }

  boolean isRouted() {
    return traits.contains(Trait.ROUTED);
  }

  boolean isAdaptive() {
    return traits.contains(Trait.ADAPTIVE);
  }

  @Override
  public String toString() {
    return isModel() ? name + ", a model" : name;
  }

  private enum Trait {
    /** Imitates what another library does. */
    MODEL,
    /** Limits its own rate, as the AWS SDKs do. */
    ADAPTIVE,
    /** Processes share their upstream through a store. */
    SHARED,
    /** Has a route to each provider. */
    ROUTED
  }

  /** A figure of the runtime. */
  record Gauge(String name, ToDoubleFunction<RetryRuntime> current) {}
}
