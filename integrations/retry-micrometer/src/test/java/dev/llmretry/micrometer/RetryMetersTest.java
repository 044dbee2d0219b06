package dev.llmretry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryMetersTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final Random random = new Random(7);

  private final RetryRuntime runtime =
      RetryRuntime.builder()
          .clock(clock)
          .executor(Runnable::run)
          .upstream(Upstream.none())
          .listener(new RetryMeters(registry))
          .build();

  private long attempts;
  private long endedBeforeFirstAttempt;
  private long endedBeforeRetry;
  private long attemptNanos;
  private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);

  private static final class Failing extends RuntimeException implements LlmFailure {
    private static final long serialVersionUID = 1;
    private final FailureKind kind;
    private final transient Duration retryAfter;

    Failing(FailureKind kind, Duration retryAfter) {
      this.kind = kind;
      this.retryAfter = retryAfter;
    }

    @Override
    public FailureKind kind() {
      return kind;
    }

    @Override
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Counts the calls that the upstream has refused an attempt, or that were cancelled before. */
  private final class EndCounter implements RetryListener {

    @Override
    public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
      int failed = report.failures().size();
      if (report.attempts() == 0) {
        endedBeforeFirstAttempt++;
      } else if (report.failures().get(failed - 1).delay() != null) {
        endedBeforeRetry++;
      }
    }
  }

  private double total(String timer, String... tags) {
    return registry.find(timer).tags(tags).timers().stream()
        .mapToDouble(each -> each.totalTime(TimeUnit.NANOSECONDS))
        .sum();
  }

  private long count(String timer, String... tags) {
    return registry.find(timer).tags(tags).timers().stream().mapToLong(Timer::count).sum();
  }

  /** Takes some time, and fails in half of the cases. */
  private String attempt(RetryPolicy policy) {
    attempts++;
    // An attempt that fails after its deadline would count as a time-out.
    long nanos = policy.isTimed() ? 0 : random.nextInt(1_000) * 1_000_000L;
    attemptNanos += nanos;
    clock.advance(Duration.ofNanos(nanos));
    if (random.nextBoolean()) {
      return "ok";
    }
    FailureKind[] kinds = FailureKind.values();
    FailureKind kind = kinds[random.nextInt(kinds.length - 2)]; // others may not be CANCELLED
    failures.merge(kind, 1L, Long::sum);
    Duration asked = random.nextInt(4) == 0 ? Duration.ofMillis(random.nextInt(90_000)) : null;
    throw new Failing(kind, asked);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void metersAddUp(boolean shareUpstream) {
    RetryRuntime shared =
        runtime.toBuilder()
            .upstream(shareUpstream ? Upstream.of("openai") : Upstream.none())
            .listener(new EndCounter())
            .build();
    int calls = 10_000;
    List<RetryPolicy> policies =
        List.of(
            RetryPolicy.builder("chat").maxRetries(5).build(),
            RetryPolicy.builder("ask").maxRetries(2).deadline(Duration.ofSeconds(2)).build(),
            RetryPolicy.builder("embed").maxRetries(0).build());
    long succeeded = 0;
    long cancelled = 0;
    for (int i = 0; i < calls; i++) {
      RetryPolicy policy = policies.get(random.nextInt(policies.size()));
      var source = new CancellationSource();
      if (random.nextInt(20) == 0) {
        source.cancel();
        cancelled++;
      }
      CompletableFuture<String> call = call(shared, policy, source);
      clock.advanceUntil(call::isDone);
      succeeded += call.isCompletedExceptionally() ? 0 : 1;
    }

    assertThat(count("llmretry.calls")).isEqualTo(calls);
    assertThat(count("llmretry.calls", "outcome", "success")).isEqualTo(succeeded);
    assertThat(count("llmretry.calls", "outcome", "cancelled")).isEqualTo(cancelled);
    assertThat(count("llmretry.attempts")).isEqualTo(attempts);
    assertThat(count("llmretry.attempts", "outcome", "success")).isEqualTo(succeeded);
    failures.forEach(
        (kind, times) ->
            assertThat(count("llmretry.attempts", "outcome", kind.name().toLowerCase(Locale.ROOT)))
                .as(kind.name())
                .isEqualTo(times));
    assertThat(failures).hasSizeGreaterThan(10);
    assertThat(count("llmretry.calls", "outcome", "deadline")).isPositive();
    long first = calls - endedBeforeFirstAttempt;
    assertThat(endedBeforeFirstAttempt > cancelled).isEqualTo(shareUpstream);
    assertThat(count("llmretry.wait", "cause", "provider")).isPositive();
    assertThat(
            count("llmretry.wait", "cause", "provider")
                + count("llmretry.wait", "cause", "backoff"))
        .isEqualTo(attempts - first + endedBeforeRetry);
    assertThat(count("llmretry.wait", "cause", "rate_limit") > 0).isEqualTo(shareUpstream);
    assertThat(total("llmretry.attempts")).isEqualTo(attemptNanos, within(1.0));
    assertThat(total("llmretry.calls")).isEqualTo(clock.nanoTime(), within(1.0));
    assertThat(total("llmretry.wait")).isEqualTo(clock.nanoTime() - attemptNanos, within(1.0));
    assertThat(registry.getMeters())
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(Tag::getKey)
        .containsOnly("method", "outcome", "cause");
    assertThat(policies)
        .allSatisfy(
            policy -> assertThat(count("llmretry.calls", "method", policy.name())).isPositive());
  }

  /** Blocks, or not. */
  private CompletableFuture<String> call(
      RetryRuntime runtime, RetryPolicy policy, CancellationSource source) {
    try {
      return random.nextBoolean()
          ? CompletableFuture.completedFuture(
              Retry.call(runtime, policy, source.token(), attempt -> attempt(policy)))
          : AsyncRetry.call(
              runtime,
              policy,
              source.token(),
              attempt -> CompletableFuture.completedFuture(attempt(policy)));
    } catch (Failing | CancelledException | HeldBackException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Test
  void aCallThatIsCancelledBeforeItsFirstAttemptIsACallWithoutAttempt() {
    var source = new CancellationSource();
    source.cancel();
    RetryPolicy policy = RetryPolicy.builder("chat").build();
    assertThatThrownBy(() -> Retry.call(runtime, policy, source.token(), attempt -> "ok"))
        .isInstanceOf(CancelledException.class);
    assertThat(count("llmretry.calls", "method", "chat", "outcome", "cancelled")).isOne();
    assertThat(count("llmretry.attempts")).isZero();
  }

  @Test
  void waitsForAnUpstreamAreThoseOfTheirCause() {
    Upstream upstream = Upstream.of("openai");
    RetryRuntime shared = runtime.toBuilder().upstream(upstream).build();
    upstream.pushback(Duration.ofMillis(1500));
    RetryPolicy policy = RetryPolicy.builder("chat").build();
    assertThat(Retry.<String, RuntimeException>call(shared, policy, null, attempt -> "ok"))
        .isEqualTo("ok");
    assertThat(total("llmretry.wait", "method", "chat", "cause", "rate_limit")).isEqualTo(1.5e9);
    assertThat(count("llmretry.wait")).isOne();
    assertThat(total("llmretry.calls", "method", "chat", "outcome", "success")).isEqualTo(1.5e9);
  }

  @Test
  void gaugesShowTheStateOfAnUpstream() {
    Upstream upstream = Upstream.of("openai");
    RetryRuntime shared = RetryRuntime.builder().clock(clock).upstream(upstream).build();
    assertThat(shared.upstream()).isSameAs(upstream);
    RetryMeters.bind(registry, upstream);
    assertThat(gauge("closed")).isZero();
    assertThat(gauge("rate")).isNaN();
    assertThat(gauge("waiting")).isZero();
    assertThat(gauge("held")).isZero();
    assertThat(gauge("budget")).isEqualTo(1);
    upstream.pushback(Duration.ofMillis(1500));
    assertThat(gauge("closed")).isEqualTo(1.5);
    assertThat(gauge("rate")).isPositive();
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
  }

  private double gauge(String name) {
    return registry.get("llmretry.upstream." + name).tag("upstream", "openai").gauge().value();
  }

  @Test
  void aRegistryIsNeeded() {
    assertThatThrownBy(() -> new RetryMeters(null)).hasMessage("registry");
  }

  @Test
  void hedgesAndFallbacksAreCounted() {
    RetryRuntime routed =
        Routes.of(runtime, Route.of("first", "first"), Route.of("second", "second")).runtime();
    RetryPolicy policy = RetryPolicy.builder("chat").hedgeAfter(Duration.ofSeconds(1)).build();
    CompletableFuture<String> answer =
        AsyncRetry.call(
            routed,
            policy,
            attempt -> {
              if (attempt.number() == 1) {
                return CompletableFuture.failedFuture(new Failing(FailureKind.SERVER, null));
              }
              return attempt.isHedge()
                  ? CompletableFuture.completedFuture("ok")
                  : new CompletableFuture<>();
            });
    clock.advanceUntil(answer::isDone);
    assertThat(answer).isCompletedWithValue("ok");
    assertThat(
            registry
                .get("llmretry.hedges")
                .tags("method", "chat", "outcome", "success")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("llmretry.fallbacks")
                .tags("method", "chat", "route", "second")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.find("llmretry.fallbacks").counters()).hasSize(1);
  }
}
