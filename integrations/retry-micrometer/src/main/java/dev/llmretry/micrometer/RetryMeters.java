package dev.llmretry.micrometer;

import static java.util.Objects.requireNonNull;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.WaitCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of a runtime:
 *
 * <ul>
 *   <li>the timer {@code llmretry.calls}: calls, with all of their attempts and delays. Tags:
 *       {@code method}; {@code outcome}, which is {@code success} or the {@link GiveUpReason} in
 *       lower case;
 *   <li>the timer {@code llmretry.attempts}: attempts. Tags: {@code method}; {@code outcome}, which
 *       is {@code success} or the {@link FailureKind} in lower case;
 *   <li>the timer {@code llmretry.wait}: delays before retries, and waits for the upstream. Tags:
 *       {@code method}; {@code cause}, which is {@code provider} if the provider asked for a delay,
 *       else {@code backoff}; of waits for the upstream, a {@link WaitCause} in lower case;
 *   <li>the counter {@code llmretry.hedges}: hedges that have ended, which also count as attempts.
 *       Tags: {@code method}; {@code outcome} as for attempts: {@code success} if it has won,
 *       {@code cancelled} if it has lost;
 *   <li>the counter {@code llmretry.fallbacks}: attempts that take another route than the first,
 *       without hedges. Tags: {@code method}, {@code route}.
 * </ul>
 *
 * <p>A call whose attempt ends with an {@link Error} that a blocking method throws is not recorded;
 * see {@link RetryListener}. {@link #bind} adds the gauges of an upstream.
 *
 * <pre>{@code
 * RetryRuntime runtime = RetryRuntime.builder().listener(new RetryMeters(registry)).build();
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class RetryMeters implements RetryListener {

  private static final String SUCCESS = "success";

  private final MeterRegistry registry;

  /** To find a timer in the registry costs more than to record with it. */
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

  /** The meters that have the same name and tags. */
  private record Key(Meter meter, String method, String value) {}

  private enum Meter {
    CALLS("llmretry.calls", "outcome", "Retried calls, with their attempts and delays"),
    ATTEMPTS("llmretry.attempts", "outcome", "Attempts of retried calls"),
    WAIT("llmretry.wait", "cause", "Delays before retries, and waits for the upstream"),
    HEDGES("llmretry.hedges", "outcome", "Second attempts beside slow ones"),
    FALLBACKS("llmretry.fallbacks", "route", "Attempts by another route than the first");

    private final String id;
    private final String tag;
    private final String description;

    Meter(String id, String tag, String description) {
      this.id = id;
      this.tag = tag;
      this.description = description;
    }
  }

  /**
   * Creates a listener.
   *
   * @param registry receives the meters
   */
  public RetryMeters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry");
  }

  /**
   * Adds the gauges of an upstream, with the tag {@code upstream} for its name: {@code
   * llmretry.upstream.closed}, the seconds until attempts may begin; {@code
   * llmretry.upstream.rate}, the attempts per second that the provider accepts, not a number if
   * there is no limit; {@code llmretry.upstream.waiting}, the calls that wait for their turn;
   * {@code llmretry.upstream.held}, the retries that the budget holds back; {@code
   * llmretry.upstream.budget}, the part of the budget that is left, from 0 to 1. The registry does
   * not keep the upstream alive.
   *
   * @param registry receives the gauges
   * @param upstream the upstream
   */
  public static void bind(MeterRegistry registry, Upstream upstream) {
    gauge(
        registry,
        upstream,
        "closed",
        "Time until attempts may begin",
        "seconds",
        each -> each.state().closedFor().toNanos() / 1e9);
    gauge(
        registry,
        upstream,
        "rate",
        "Attempts per second that the provider accepts",
        null,
        RetryMeters::rate);
    gauge(
        registry,
        upstream,
        "waiting",
        "Calls that wait for their turn",
        "calls",
        each -> each.state().waiting());
    gauge(
        registry,
        upstream,
        "held",
        "Retries that the budget holds back",
        "calls",
        each -> each.state().held());
    gauge(
        registry,
        upstream,
        "budget",
        "The part of the retry budget that is left",
        null,
        each -> each.state().budget());
  }

  private static double rate(Upstream upstream) {
    double rate = upstream.state().rate();
    return Double.isInfinite(rate) ? Double.NaN : rate;
  }

  private static void gauge(
      MeterRegistry registry,
      Upstream upstream,
      String name,
      String description,
      @Nullable String unit,
      ToDoubleFunction<Upstream> value) {
    Gauge.builder("llmretry.upstream." + name, upstream, value)
        .tag("upstream", upstream.name())
        .description(description)
        .baseUnit(unit)
        .register(registry);
  }

  @Override
  public void onAttemptStarted(RetryEvent event) {
    String route = event.route();
    if (route != null && event.isFallback() && !event.isHedge()) {
      count(Meter.FALLBACKS, event, route);
    }
  }

  @Override
  public void onAttemptEnded(RetryEvent event, @Nullable FailedAttempt failed) {
    String outcome = failed == null ? SUCCESS : lowerCase(failed.failure().kind());
    record(Meter.ATTEMPTS, event, outcome, event.attemptDuration());
    if (event.isHedge()) {
      count(Meter.HEDGES, event, outcome);
    }
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt failed) {
    String cause = failed.failure().retryAfter() == null ? "backoff" : "provider";
    record(Meter.WAIT, event, cause, requireNonNull(failed.delay(), "delay"));
  }

  @Override
  public void onWaited(RetryEvent event, WaitCause cause, Duration time) {
    record(Meter.WAIT, event, lowerCase(cause), time);
  }

  @Override
  public void onSuccess(RetryEvent event) {
    record(Meter.CALLS, event, SUCCESS, event.callDuration());
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    record(Meter.CALLS, event, lowerCase(report.reason()), event.callDuration());
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void record(Meter meter, RetryEvent event, String value, Duration duration) {
    timers.computeIfAbsent(new Key(meter, event.method(), value), this::timer).record(duration);
  }

  private void count(Meter meter, RetryEvent event, String value) {
    counters.computeIfAbsent(new Key(meter, event.method(), value), this::counter).increment();
  }

  private Counter counter(Key key) {
    return Counter.builder(key.meter.id)
        .tag("method", key.method)
        .tag(key.meter.tag, key.value)
        .description(key.meter.description)
        .register(registry);
  }

  private Timer timer(Key key) {
    return Timer.builder(key.meter.id)
        .tag("method", key.method)
        .tag(key.meter.tag, key.value)
        .description(key.meter.description)
        .register(registry);
  }
}
