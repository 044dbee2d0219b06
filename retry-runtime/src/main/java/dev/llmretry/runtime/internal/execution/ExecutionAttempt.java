package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.FailedAttempt;
import org.jspecify.annotations.Nullable;

/** An attempt of a call that has a {@link RetryExecution} from the start. */
abstract class ExecutionAttempt implements RoutedAttempt {

  private final RetryExecution execution;
  private final @Nullable AttemptRecord previous;
  private final int route;

  ExecutionAttempt(RetryExecution execution) {
    this.execution = execution;
    this.previous = execution.latest();
    this.route = execution.route();
  }

  RetryExecution execution() {
    return execution;
  }

  @Override
  public final int number() {
    return previous == null ? 1 : previous.number + 1;
  }

  @Override
  public final int routeIndex() {
    return route;
  }

  @Override
  public final @Nullable String route() {
    return execution.routeName(route);
  }

  @Override
  public boolean isHedge() {
    return false;
  }

  @Override
  public final String callId() {
    return execution.callId();
  }

  @Override
  public final <Q extends @Nullable Object> Q revise(Q request) {
    return execution.policy().revise(request, AttemptRecord.retried(previous));
  }

  @Override
  public final @Nullable FailedAttempt lastFailure() {
    return previous == null ? null : previous.toFailedAttempt();
  }

  @Override
  public String toString() {
    return "attempt " + number();
  }
}
