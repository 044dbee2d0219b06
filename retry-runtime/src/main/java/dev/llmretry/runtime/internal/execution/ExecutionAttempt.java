package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.FailedAttempt;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** An attempt of a call that has a {@link RetryExecution} from the start, with its own token. */
abstract class ExecutionAttempt implements RoutedAttempt {

  private static final VarHandle SOURCE;

  static {
    try {
      SOURCE =
          MethodHandles.lookup()
              .findVarHandle(ExecutionAttempt.class, "source", CancellationSource.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RetryExecution execution;
  private final @Nullable AttemptRecord previous;
  private final int route;

  /** Created on first use: few attempts need it, and registering with the call's token costs. */
  private volatile @Nullable CancellationSource source;

  ExecutionAttempt(RetryExecution execution) {
    this.execution = execution;
    this.previous = execution.latest();
    this.route = execution.route();
  }

  RetryExecution execution() {
    return execution;
  }

  @Override
  public final CancellationToken token() {
    CancellationSource known = source;
    if (known != null) {
      return known.token();
    }
    var made = CancellationSource.childOf(execution.token());
    var earlier = (CancellationSource) SOURCE.compareAndExchange(this, null, made);
    if (earlier != null) {
      made.detach();
      return earlier.token();
    }
    onTokenCreated();
    return made.token();
  }

  /**
   * Cancels or detaches the token as the state of the attempt requires. Whoever changed the state
   * meanwhile may not have seen the token yet.
   */
  abstract void onTokenCreated();

  /** Returns whether the token has been used, so that the attempt may respond to it. */
  public final boolean hasToken() {
    return source != null;
  }

  final void cancelToken() {
    CancellationSource made = source;
    if (made != null) {
      made.cancel();
    }
  }

  final void detachToken() {
    CancellationSource made = source;
    if (made != null) {
      made.detach();
    }
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
