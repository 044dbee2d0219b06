package dev.llmretry.processor.check;

import dev.llmretry.Jitter;
import dev.llmretry.LlmRetry;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.Setting;
import dev.llmretry.processor.model.SettingClass;
import dev.llmretry.runtime.internal.execution.Backoff;
import dev.llmretry.runtime.internal.execution.PolicyLimits;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the numeric settings and the named classes of an {@code @LlmRetry}. */
final class PolicyChecks {

  private static final long MAX_MILLIS = LlmRetry.MAX_MILLIS;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String NAME = "|[A-Za-z][A-Za-z0-9_-]*";

  private final Policy policy;
  private final Reporter reporter;

  private PolicyChecks(Policy policy, Reporter reporter) {
    this.policy = policy;
    this.reporter = reporter;
  }

  static void check(Policy policy, Reporter reporter) {
    PolicyChecks checks = new PolicyChecks(policy, reporter);
    checks.validName();
    checks.instantiable(policy.preamble());
    checks.instantiable(policy.check());
    checks.instantiable(policy.revise());
    if (checks.ranges()) {
      checks.noRetries();
      checks.baseAboveMax();
      checks.jitterWithoutDelay();
      checks.beyondDeadline();
      checks.attemptOutlastsDeadline();
      checks.hedgeWithoutEffect();
    }
  }

  /** Returns whether all values are in range, which the other checks require. */
  private boolean ranges() {
    return Stream.of(
            inRange(
                policy.max(),
                PolicyLimits.isValidRetries(policy.max().value()),
                "0 to " + PolicyLimits.MAX_RETRIES,
                "It counts retries: attempts less one."),
            inRange(
                policy.multiplier(),
                PolicyLimits.isValidMultiplier(policy.multiplier().value()),
                "1 or more",
                "Each wait is as long as the one before it, or longer."),
            millis(policy.baseDelayMs()),
            millis(policy.maxDelayMs()),
            limit(policy.deadlineMs(), 1),
            limit(policy.attemptTimeoutMs(), 1),
            limit(policy.hedgeAfterMs(), 1),
            limit(policy.maxRetryAfterMs(), 0))
        .allMatch(inRange -> inRange);
  }

  private boolean millis(Setting<Long> time) {
    boolean fits = time.value() >= 0 && time.value() <= MAX_MILLIS;
    return inRange(time, fits, "0 to " + MAX_MILLIS, "It is a time in milliseconds.");
  }

  private boolean limit(Setting<Long> time, long least) {
    boolean fits =
        time.value() == Policy.NO_LIMIT || (time.value() >= least && time.value() <= MAX_MILLIS);
    return inRange(
        time,
        fits,
        least + " to " + MAX_MILLIS,
        "It is a time in milliseconds; LlmRetry.NO_LIMIT sets no limit.");
  }

  private boolean inRange(Setting<?> setting, boolean fits, String range, String hint) {
    if (!fits) {
      reporter.report(
          Diagnostic.OUT_OF_RANGE, setting.at(), setting.name(), setting.value(), range, hint);
    }
    return fits;
  }

  private void validName() {
    var unused =
        inRange(
            policy.name(),
            policy.name().value().matches(NAME),
            "letters, digits, - and _, beginning with a letter",
            "It is a part of keys in settings from outside.");
  }

  private void instantiable(@Nullable SettingClass named) {
    if (named != null && !named.isInstantiable()) {
      reporter.report(Diagnostic.NOT_INSTANTIABLE, named.at(), named.name());
    }
  }

  private void noRetries() {
    if (policy.max().value() == 0) {
      reporter.report(Diagnostic.NO_RETRIES, policy.max().at());
    }
  }

  private void baseAboveMax() {
    long base = policy.baseDelayMs().value();
    long max = policy.maxDelayMs().value();
    if (base > max) {
      Position atBase = policy.baseDelayMs().at();
      Position at = atBase.value() != null ? atBase : policy.maxDelayMs().at();
      reporter.report(Diagnostic.BASE_ABOVE_MAX, at, base, max);
    }
  }

  private void jitterWithoutDelay() {
    if (policy.hasJitter() && policy.baseDelayMs().value() == 0) {
      reporter.report(
          Diagnostic.JITTER_WITHOUT_DELAY, policy.jitter().at(), policy.jitter().value());
    }
  }

  private void beyondDeadline() {
    if (!policy.hasDeadline()) {
      return;
    }
    Backoff.Unreachable unreachable =
        Backoff.firstBeyond(
            jitter(),
            nanos(policy.baseDelayMs()),
            policy.multiplier().value(),
            nanos(policy.maxDelayMs()),
            policy.max().value(),
            nanos(policy.deadlineMs()));
    if (unreachable != null) {
      int first = unreachable.attempt();
      int last = policy.max().value() + 1;
      reporter.report(
          Diagnostic.BEYOND_DEADLINE,
          policy.deadlineMs().at(),
          policy.deadlineMs().value(),
          first == last ? "attempt " + first : "attempts " + first + " to " + last,
          first,
          Math.round(unreachable.delays() / NANOS_PER_MILLI));
    }
  }

  private static long nanos(Setting<Long> millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis.value());
  }

  /** A constant that does not exist has an error of its own. */
  private Jitter jitter() {
    return Arrays.stream(Jitter.values())
        .filter(jitter -> jitter.name().equals(policy.jitter().value()))
        .findFirst()
        .orElse(Jitter.FULL);
  }

  private void hedgeWithoutEffect() {
    long hedge = policy.hedgeAfterMs().value();
    LongStream limits =
        LongStream.of(policy.attemptTimeoutMs().value(), policy.deadlineMs().value());
    long least = limits.filter(limit -> limit != Policy.NO_LIMIT).min().orElse(Long.MAX_VALUE);
    if (policy.isHedged() && hedge >= least) {
      reporter.report(Diagnostic.HEDGE_WITHOUT_EFFECT, policy.hedgeAfterMs().at(), hedge, least);
    }
  }

  private void attemptOutlastsDeadline() {
    long attempt = policy.attemptTimeoutMs().value();
    long deadline = policy.deadlineMs().value();
    if (policy.hasDeadline() && attempt >= deadline) {
      reporter.report(
          Diagnostic.ATTEMPT_OUTLASTS_DEADLINE, policy.attemptTimeoutMs().at(), attempt, deadline);
    }
  }
}
