package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a blocking call without a time limit. The first one is created before the call has
 * any other state, unless there is a listener; so it holds the identifier of the call for all of
 * them.
 */
public final class UntimedAttempt extends AtomicReference<@Nullable String>
    implements RoutedAttempt {

  private static final long serialVersionUID = 1;

  private final transient CancellationToken token;
  private final transient @Nullable RetryExecution execution;
  private final transient UntimedAttempt first;

  /** The failed attempt before this one, and the settings of the call; null for the first one. */
  private final transient @Nullable AttemptRecord previous;

  private final transient @Nullable RetryPolicy policy;

  private final transient int route;
  private final transient @Nullable String routeName;

  /**
   * Creates the first attempt of a call.
   *
   * @param runtime the environment of the call, or null
   * @param execution the state of the call, or null if it has none
   */
  public UntimedAttempt(
      CancellationToken token, @Nullable RetryRuntime runtime, @Nullable RetryExecution execution) {
    this.token = token;
    this.execution = execution;
    this.first = this;
    this.previous = null;
    this.policy = null;
    this.route = execution == null ? 0 : execution.route();
    this.routeName = runtime == null ? null : RetryExecution.routeName(runtime, route);
  }

  private UntimedAttempt(UntimedAttempt first, RetryExecution failed) {
    this.token = first.token;
    this.execution = first.execution;
    this.first = first;
    this.previous = Objects.requireNonNull(failed.latest(), "no attempt has failed");
    this.policy = failed.policy();
    this.route = failed.route();
    this.routeName = failed.routeName(route);
  }

  /** Returns the attempt that follows this one, which has failed. */
  public UntimedAttempt next(RetryExecution failed) {
    return new UntimedAttempt(first, failed);
  }

  @Override
  public CancellationToken token() {
    return token;
  }

  @Override
  public boolean isHedge() {
    return false;
  }

  @Override
  public int routeIndex() {
    return route;
  }

  @Override
  public @Nullable String route() {
    return routeName;
  }

  @Override
  public int number() {
    return previous == null ? 1 : previous.number + 1;
  }

  @Override
  public String callId() {
    if (execution != null) {
      return execution.callId();
    }
    String made = first.get();
    if (made != null) {
      return made;
    }
    String random = UUID.randomUUID().toString();
    String earlier = first.compareAndExchange(null, random);
    return earlier == null ? random : earlier;
  }

  @Override
  public @Nullable FailedAttempt lastFailure() {
    return previous == null ? null : previous.toFailedAttempt();
  }

  @Override
  public <Q extends @Nullable Object> Q revise(Q request) {
    return policy == null ? request : policy.revise(request, AttemptRecord.retried(previous));
  }

  @Override
  public String toString() {
    return "attempt " + number();
  }
}
