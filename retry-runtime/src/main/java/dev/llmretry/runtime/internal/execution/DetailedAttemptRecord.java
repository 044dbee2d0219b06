package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.classification.Failure;
import org.jspecify.annotations.Nullable;

/** A failed attempt of a call that has several routes or hedges. */
final class DetailedAttemptRecord extends AttemptRecord {

  private final @Nullable String route;
  private final boolean isHedge;
  private final boolean isIncidental;

  /**
   * Creates a record.
   *
   * @param isIncidental whether another attempt went on, so that nothing was decided
   */
  DetailedAttemptRecord(
      @Nullable String route,
      boolean isHedge,
      boolean isIncidental,
      int number,
      Throwable error,
      Failure failure,
      long delayNanos,
      @Nullable AttemptRecord previous) {
    super(number, error, failure, delayNanos, previous);
    this.route = route;
    this.isHedge = isHedge;
    this.isIncidental = isIncidental;
  }

  @Override
  @Nullable String route() {
    return route;
  }

  @Override
  boolean isHedge() {
    return isHedge;
  }

  @Override
  boolean isIncidental() {
    return isIncidental;
  }
}
