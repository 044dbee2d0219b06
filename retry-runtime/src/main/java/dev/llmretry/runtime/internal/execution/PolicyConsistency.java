package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.util.Log;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Checks the settings of a policy against each other, by the rules that the annotation processor
 * applies to an annotation, and with the same identifiers: what is an error there is an exception
 * here, what is a warning there is logged. See {@code docs/diagnostics.md}.
 *
 * <p>LR002, a policy without retries, is not a warning here: a configuration may switch retries off
 * so.
 */
public final class PolicyConsistency {

  private static final List<Class<? extends Throwable>> NEVER_RETRIED =
      List.of(Error.class, InterruptedException.class, CancellationException.class);

  private final RetryPolicy policy;

  private PolicyConsistency(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * Checks a policy.
   *
   * @throws IllegalArgumentException if a check fails that is an error for an annotation
   */
  public static void check(RetryPolicy policy) {
    var checks = new PolicyConsistency(policy);
    checks.baseAboveMax();
    checks.retryAndAbort();
    checks.unreachable(policy.retryOn(), "retryOn", policy.abortOn());
    checks.unreachable(policy.abortOn(), "abortOn", policy.retryOn());
    checks.neverRetried(policy.retryOn(), "retryOn");
    checks.neverRetried(policy.abortOn(), "abortOn");
    checks.kinds();
    checks.jitterWithoutDelay();
    checks.beyondDeadline();
    checks.attemptOutlastsDeadline();
    checks.hedgeWithoutEffect();
  }

  private void baseAboveMax() {
    if (policy.baseDelay().compareTo(policy.maxDelay()) > 0) {
      throw error(
          "LR003",
          "baseDelay of %s is longer than maxDelay of %s; raise maxDelay too"
              .formatted(
                  Durations.format(policy.baseDelay()), Durations.format(policy.maxDelay())));
    }
  }

  private void retryAndAbort() {
    for (Class<?> type : policy.abortOn()) {
      if (policy.retryOn().contains(type)) {
        throw error("LR007", "%s is in both retryOn and abortOn".formatted(type.getName()));
      }
    }
  }

  /** A class has no effect if the nearest of its superclasses in either list is in the same one. */
  private void unreachable(
      List<Class<? extends Throwable>> list,
      String listName,
      List<Class<? extends Throwable>> opposite) {
    for (Class<?> type : list) {
      Class<?> superclass = type.getSuperclass();
      while (superclass != null && !list.contains(superclass) && !opposite.contains(superclass)) {
        superclass = superclass.getSuperclass();
      }
      if (superclass != null && list.contains(superclass)) {
        throw error(
            "LR008",
            "%s in %s has no effect, since %s is there too"
                .formatted(type.getName(), listName, superclass.getName()));
      }
    }
  }

  private void neverRetried(List<Class<? extends Throwable>> list, String listName) {
    for (Class<?> type : list) {
      if (NEVER_RETRIED.stream().anyMatch(never -> never.isAssignableFrom(type))) {
        throw error("LR009", "%s in %s is never retried".formatted(type.getName(), listName));
      }
    }
  }

  private void kinds() {
    if (policy.retryOnKinds().contains(FailureKind.CANCELLED)) {
      throw error("LR009", "CANCELLED in retryOn is never retried");
    }
    for (FailureKind kind : policy.abortOnKinds()) {
      if (policy.retryOnKinds().contains(kind)) {
        throw error("LR011", "%s is in both retryOn and abortOn".formatted(kind));
      }
      if (!kind.isRetryable()) {
        warn("LR012", "%s in abortOn has no effect: it is not retried anyway".formatted(kind));
      }
    }
    for (FailureKind kind : policy.retryOnKinds()) {
      if (kind.isRetryable()) {
        warn("LR012", "%s in retryOn has no effect: it is retried anyway".formatted(kind));
      }
    }
  }

  private void jitterWithoutDelay() {
    if (policy.jitter() != Jitter.NONE && policy.baseDelay().isZero()) {
      warn("LR004", "jitter %s has no effect, since baseDelay is zero".formatted(policy.jitter()));
    }
  }

  private void beyondDeadline() {
    Duration deadline = policy.deadline();
    if (deadline == null) {
      return;
    }
    Backoff.Unreachable unreachable =
        Backoff.firstBeyond(
            policy.jitter(),
            Durations.toNanos(policy.baseDelay()),
            policy.multiplier(),
            Durations.toNanos(policy.maxDelay()),
            policy.maxRetries(),
            Durations.toNanos(deadline));
    if (unreachable != null) {
      warn(
          "LR005",
          "deadline of %s leaves no time for attempt %s: the delays before it take at least %s"
              .formatted(
                  Durations.format(deadline),
                  unreachable.attempt(),
                  Durations.format(Duration.ofNanos(unreachable.delays()))));
    }
  }

  private void attemptOutlastsDeadline() {
    Duration attempt = policy.attemptTimeout();
    Duration deadline = policy.deadline();
    if (attempt != null && deadline != null && attempt.compareTo(deadline) >= 0) {
      warn(
          "LR006",
          "attemptTimeout of %s has no effect, since deadline of %s ends an attempt no later"
              .formatted(Durations.format(attempt), Durations.format(deadline)));
    }
  }

  private void hedgeWithoutEffect() {
    Duration hedge = policy.hedgeAfter();
    long limit =
        Math.min(Durations.toNanos(policy.attemptTimeout()), Durations.toNanos(policy.deadline()));
    if (hedge != null && Durations.toNanos(hedge) >= limit) {
      warn(
          "LR059",
          "hedgeAfter of %s has no effect, since an attempt ends after %s"
              .formatted(Durations.format(hedge), Durations.format(Duration.ofNanos(limit))));
    }
  }

  private IllegalArgumentException error(String id, String message) {
    return new IllegalArgumentException(describe(id, message));
  }

  private void warn(String id, String message) {
    Log.warning(describe(id, message));
  }

  private String describe(String id, String message) {
    return id + ": " + policy.name() + ": " + message;
  }
}
