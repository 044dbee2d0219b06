package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.time.Stopwatch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the listener of the events of one call, and measures their durations. Exists only if
 * there is a listener. Not thread-safe, like the execution.
 */
final class CallObserver {

  private final RetryExecution execution;
  private final RetryListener listener;
  private final Stopwatch stopwatch;
  private final Timing attempt = new Timing();

  /** The timing of the hedge. */
  private final Timing hedge = new Timing();

  CallObserver(RetryExecution execution, RetryListener listener) {
    this.execution = execution;
    this.listener = listener;
    this.stopwatch = new Stopwatch(execution.runtime().clock());
  }

  void onWaited(WaitCause cause, long nanos) {
    CallEvent event = event(elapsedNanos());
    CompositeListener.notify(
        listener, each -> each.onWaited(event, cause, Duration.ofNanos(nanos)));
  }

  void onAttemptStarted() {
    Timing begun = timing();
    begun.start = elapsedNanos();
    begun.nanos = 0;
    begun.route = execution.route();
    begun.isRunning = true;
    CallEvent event = event(begun.start);
    CompositeListener.notify(listener, each -> each.onAttemptStarted(event));
  }

  /** An attempt returned a result, or failed. */
  void onAttemptEnded(@Nullable FailedAttempt failed) {
    onEnded(timing(), execution.route(), failed);
  }

  private void onEnded(Timing ended, int route, @Nullable FailedAttempt failed) {
    long now = elapsedNanos();
    ended.nanos = now - ended.start;
    ended.isRunning = false;
    CallEvent event = event(now, ended, route);
    CompositeListener.notify(listener, each -> each.onAttemptEnded(event, failed));
  }

  /** An attempt was abandoned because the one beside it has won. */
  void onLost(Throwable error) {
    onAbandoned(timing(), error, "the other attempt was faster");
  }

  private void onAbandoned(Timing abandoned, Throwable error, String reason) {
    onEnded(
        abandoned,
        abandoned.route,
        new FailedAttempt(
            execution.attemptNumber(),
            error,
            Failure.of(FailureKind.CANCELLED, reason),
            null,
            execution.routeName(abandoned.route),
            abandoned == hedge));
  }

  void onRetry(FailedAttempt failed) {
    CallEvent event = event(elapsedNanos());
    CompositeListener.notify(listener, each -> each.onRetry(event, failed));
  }

  void onSuccess() {
    onAttemptEnded(null);
    CallEvent event = event(elapsedNanos());
    CompositeListener.notify(listener, each -> each.onSuccess(event));
  }

  void onGiveUp(RetryReport report, Throwable thrown) {
    for (Timing each : List.of(hedge, attempt)) {
      if (each.isRunning) {
        onAbandoned(each, thrown, report.reason().description());
      }
    }
    CallEvent event = event(elapsedNanos());
    CompositeListener.notify(listener, each -> each.onGiveUp(event, report, thrown));
  }

  private long elapsedNanos() {
    long nanos = stopwatch.elapsedNanos();
    Stopwatch.logFailure(stopwatch.takeFailure());
    return nanos;
  }

  private Timing timing() {
    return execution.isHedge() ? hedge : attempt;
  }

  private CallEvent event(long callNanos) {
    return event(callNanos, timing(), execution.route());
  }

  private CallEvent event(long callNanos, Timing timing, int route) {
    return new CallEvent(
        execution.policy().name(),
        execution::callId,
        execution.attemptNumber(),
        timing == hedge,
        execution.routeName(route),
        route != 0,
        Duration.ofNanos(callNanos),
        Duration.ofNanos(timing.nanos),
        execution.waitDuration());
  }

  private static final class Timing {
    private boolean isRunning;
    private long start;
    private long nanos;
    private int route;
  }
}
