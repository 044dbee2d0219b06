package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.classification.Failure;
import org.jspecify.annotations.Nullable;

/** A failed attempt of a call that has several routes. */
final class RoutedAttemptRecord extends AttemptRecord {

  private final String route;

  RoutedAttemptRecord(
      String route,
      int number,
      Throwable error,
      Failure failure,
      long delayNanos,
      @Nullable AttemptRecord previous) {
    super(number, error, failure, delayNanos, previous);
    this.route = route;
  }

  @Override
  String route() {
    return route;
  }
}
