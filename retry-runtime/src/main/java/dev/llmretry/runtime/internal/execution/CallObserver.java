package dev.llmretry.runtime.internal.execution;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.time.Stopwatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the listener of the events of one call, and measures their durations. Exists only if
 * there is a listener. Not thread-safe, like the execution.
 */
final class CallObserver {

  private final RetryExecution execution;
  private final RetryListener listener;
  private final Stopwatch stopwatch;
  private boolean attemptRunning;
  private long attemptStart;
  private long attemptNanos;

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
    attemptStart = elapsedNanos();
    attemptNanos = 0;
    attemptRunning = true;
    CallEvent event = event(attemptStart);
    CompositeListener.notify(listener, each -> each.onAttemptStarted(event));
  }

  /** An attempt returned a result, or failed. */
  void onAttemptEnded(@Nullable FailedAttempt failed) {
    long now = elapsedNanos();
    attemptNanos = now - attemptStart;
    attemptRunning = false;
    CallEvent event = event(now);
    CompositeListener.notify(listener, each -> each.onAttemptEnded(event, failed));
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
    if (attemptRunning) {
      Failure abandoned = Failure.of(FailureKind.CANCELLED, report.reason().description());
      onAttemptEnded(
          new FailedAttempt(
              execution.attemptNumber(),
              thrown,
              abandoned,
              null,
              execution.routeName(execution.route())));
    }
    CallEvent event = event(elapsedNanos());
    CompositeListener.notify(listener, each -> each.onGiveUp(event, report, thrown));
  }

  private long elapsedNanos() {
    long nanos = stopwatch.elapsedNanos();
    Stopwatch.logFailure(stopwatch.takeFailure());
    return nanos;
  }

  private CallEvent event(long callNanos) {
    return new CallEvent(
        execution.policy().name(),
        execution::callId,
        execution.attemptNumber(),
        execution.routeName(execution.route()),
        Duration.ofNanos(callNanos),
        Duration.ofNanos(attemptNanos),
        execution.waitDuration());
  }
}
