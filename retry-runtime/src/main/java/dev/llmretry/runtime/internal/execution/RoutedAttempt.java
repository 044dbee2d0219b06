package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.Attempt;

/** An attempt of a call that may have several routes. */
public interface RoutedAttempt extends Attempt {

  /** Returns the index of its route, from 0. */
  int routeIndex();
}
