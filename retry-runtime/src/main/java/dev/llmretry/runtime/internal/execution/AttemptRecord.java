package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.classification.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, linked to the one before it. Few fields, since very many calls may wait at
 * once.
 */
class AttemptRecord {

  /** The delay of an attempt that no other follows. */
  static final long NO_DELAY = -1;

  /** How many of the latest failures are kept, in addition to the first one. */
  private static final int MAX_LATEST = 32;

  final int number;
  final Throwable error;
  final Failure failure;
  final long delayNanos;

  /** Whether another attempt has started since. */
  boolean superseded;

  /** Whether the call ended with this failure exhausted: see {@code docs/concepts.md}. */
  boolean exhausted;

  private @Nullable AttemptRecord previous;

  AttemptRecord(
      int number,
      Throwable error,
      Failure failure,
      long delayNanos,
      @Nullable AttemptRecord previous) {
    this.number = number;
    this.error = error;
    this.failure = failure;
    this.delayNanos = delayNanos;
    this.previous = previous;
    dropSecondOldest();
  }

  private void dropSecondOldest() {
    AttemptRecord oldest = this;
    for (int kept = 1; kept < MAX_LATEST && oldest.previous != null; kept++) {
      oldest = oldest.previous;
    }
    if (oldest.previous != null && oldest.previous.previous != null) {
      oldest.previous = oldest.previous.previous;
    }
  }

  /** Returns the name of the route; null if there is only one. */
  @Nullable String route() {
    return null;
  }

  /** Returns whether it was a hedge. */
  boolean isHedge() {
    return false;
  }

  /**
   * Returns whether a concurrent attempt was still in flight, so that this failure decided nothing.
   */
  boolean isIncidental() {
    return false;
  }

  FailedAttempt toFailedAttempt() {
    return new FailedAttempt(
        number,
        error,
        failure,
        delayNanos == NO_DELAY ? null : Duration.ofNanos(delayNanos),
        route(),
        isHedge());
  }

  /** Returns the delay after the latest failure that was decided about; 0 if there is none. */
  static long latestDelay(@Nullable AttemptRecord latest) {
    AttemptRecord decided = latest;
    while (decided != null && decided.isIncidental()) {
      decided = decided.previous;
    }
    return decided == null ? 0 : Math.max(0, decided.delayNanos);
  }

  /** Returns the failures that are kept, oldest first. */
  static List<FailedAttempt> history(@Nullable AttemptRecord latest) {
    return history(latest, true);
  }

  /** Returns the failures that are kept and that led to another attempt, oldest first. */
  static List<FailedAttempt> retried(@Nullable AttemptRecord latest) {
    return history(latest, false);
  }

  private static List<FailedAttempt> history(@Nullable AttemptRecord latest, boolean incidental) {
    var failures = new ArrayDeque<FailedAttempt>();
    for (AttemptRecord failed = latest; failed != null; failed = failed.previous) {
      if (incidental || !failed.isIncidental()) {
        failures.addFirst(failed.toFailedAttempt());
      }
    }
    return List.copyOf(failures);
  }
}
