package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.time.Durations;
import java.io.IOException;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds of every wait, whatever the settings. */
class RetryDecisionPropertiesTest {

  private static final Exception ERROR = new IOException("failed");

  @Provide
  Arbitrary<RetryPolicy> policies() {
    Arbitrary<Long> times = Arbitraries.longs().between(0, Long.MAX_VALUE);
    Arbitrary<Double> factors = Arbitraries.doubles().between(1, Double.MAX_VALUE);
    return Combinators.combine(times, times, factors, Arbitraries.of(Jitter.class), times)
        .as(
            (one, other, factor, jitter, cap) ->
                RetryPolicy.builder("any")
                    .maxRetries(10_000)
                    .baseDelay(Duration.ofNanos(Math.min(one, other)))
                    .maxDelay(Duration.ofNanos(Math.max(one, other)))
                    .multiplier(factor)
                    .jitter(jitter)
                    .maxRetryAfter(Duration.ofNanos(cap))
                    .build());
  }

  private static RetryDecision decide(
      RetryPolicy policy, Duration retryAfter, int attempt, long previous, double random) {
    Failure failure = new Failure(FailureKind.RATE_LIMITED, retryAfter, 429, "HTTP 429");
    long delay = RetryDecision.delay(policy, failure.retryAfter(), attempt, previous, random);
    return RetryDecision.decide(policy, ERROR, failure, null, attempt, 0, delay);
  }

  @Property
  void backoffIsNeverNegativeNorAboveTheCap(
      @ForAll("policies") RetryPolicy policy,
      @ForAll @IntRange(min = 1, max = 10_000) int attempt,
      @ForAll @LongRange(min = 0) long previous,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    RetryDecision decision = decide(policy, null, attempt, previous, random);
    assertThat(decision.giveUp()).isNull();
    assertThat(decision.delayNanos()).isBetween(0L, Durations.toNanos(policy.maxDelay()));
  }

  @Property
  void aBrokenSourceOfChanceBreaksNoBounds(
      @ForAll("policies") RetryPolicy policy,
      @ForAll @IntRange(min = 1, max = 50) int attempt,
      @ForAll double random) {
    RetryDecision decision = decide(policy, null, attempt, 0, random);
    assertThat(decision.delayNanos()).isBetween(0L, Durations.toNanos(policy.maxDelay()));
  }

  @Property
  void backoffWithoutJitterNeverShrinks(
      @ForAll("policies") RetryPolicy any, @ForAll @IntRange(min = 1, max = 9_999) int attempt) {
    RetryPolicy policy =
        RetryPolicy.builder("any")
            .maxRetries(10_000)
            .baseDelay(any.baseDelay())
            .maxDelay(any.maxDelay())
            .multiplier(any.multiplier())
            .build();
    assertThat(decide(policy, null, attempt + 1, 0, 0).delayNanos())
        .isGreaterThanOrEqualTo(decide(policy, null, attempt, 0, 0).delayNanos());
  }

  @Property
  void nobodyComesBackBeforeTheProviderAskedNorAfterTheCap(
      @ForAll("policies") RetryPolicy policy,
      @ForAll @LongRange(min = 1) long asked,
      @ForAll @IntRange(min = 1, max = 10_000) int attempt,
      @ForAll @LongRange(min = 0) long previous,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    RetryDecision decision = decide(policy, Duration.ofNanos(asked), attempt, previous, random);
    if (asked > Durations.toNanos(policy.maxRetryAfter())) {
      assertThat(decision.giveUp()).isEqualTo(GiveUpReason.RETRY_AFTER_TOO_LONG);
    } else {
      assertThat(decision.delayNanos()).isBetween(asked, Durations.toNanos(policy.maxRetryAfter()));
    }
  }

  @Property
  void noWaitEndsAtOrAfterTheDeadline(
      @ForAll @LongRange(min = 1, max = 1_000_000) long deadline,
      @ForAll @LongRange(min = 0, max = 2_000_000) long elapsed,
      @ForAll @LongRange(min = 0, max = 1_000_000) long base) {
    RetryPolicy policy =
        RetryPolicy.builder("any")
            .baseDelay(Duration.ofNanos(base))
            .deadline(Duration.ofNanos(deadline))
            .build();
    Failure failure = Failure.of(FailureKind.SERVER, "HTTP 500");
    RetryDecision decision =
        RetryDecision.decide(
            policy,
            ERROR,
            failure,
            null,
            1,
            elapsed,
            RetryDecision.delay(policy, failure.retryAfter(), 1, 0, 0));
    if (elapsed + base >= deadline) {
      assertThat(decision.giveUp()).isEqualTo(GiveUpReason.DEADLINE);
    } else {
      assertThat(decision.delayNanos()).isEqualTo(base);
    }
  }

  @Property
  void thereIsNoAttemptAfterTheLast(
      @ForAll @IntRange(min = 0, max = 10_000) int max,
      @ForAll @IntRange(min = 1, max = 10_001) int attempt) {
    RetryPolicy policy = RetryPolicy.builder("any").maxRetries(max).build();
    RetryDecision decision = decide(policy, null, attempt, 0, 0);
    assertThat(decision.giveUp()).isEqualTo(attempt > max ? GiveUpReason.ATTEMPTS_EXHAUSTED : null);
  }
}
