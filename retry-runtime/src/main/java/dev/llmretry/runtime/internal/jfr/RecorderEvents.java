package dev.llmretry.runtime.internal.jfr;

import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.UpstreamState;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.util.DisplayText;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The events. A shared instance of each tells whether it is enabled, without an allocation. */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class RecorderEvents {

  private static final AttemptFailed ATTEMPT_FAILED = new AttemptFailed();
  private static final CallGivenUp CALL_GIVEN_UP = new CallGivenUp();
  private static final Waited WAITED = new Waited();
  private static final GateChanged GATE_CHANGED = new GateChanged();

  private RecorderEvents() {}

  static void attemptFailed(
      String method, int attempt, Failure failure, long delayNanos, boolean hedge) {
    if (ATTEMPT_FAILED.isEnabled()) {
      var event = new AttemptFailed();
      event.method = method;
      event.attempt = attempt;
      event.kind = failure.kind().name();
      event.statusCode = failure.statusCode();
      event.reason = DisplayText.of(failure.reason(), DisplayText.SHORT);
      event.retried = delayNanos >= 0;
      event.delay = Math.max(0, delayNanos);
      event.hedge = hedge;
      event.commit();
    }
  }

  static void gaveUp(String method, int attempts, GiveUpReason reason) {
    if (CALL_GIVEN_UP.isEnabled()) {
      var event = new CallGivenUp();
      event.method = method;
      event.attempts = attempts;
      event.reason = reason.name();
      event.commit();
    }
  }

  static void waited(String method, Upstream upstream, WaitCause cause, long nanos) {
    if (WAITED.isEnabled()) {
      var event = new Waited();
      event.method = method;
      event.upstream = upstream.name();
      event.cause = cause.name();
      event.time = nanos;
      event.commit();
    }
  }

  static void gateChanged(Upstream upstream) {
    if (GATE_CHANGED.isEnabled()) {
      UpstreamState state = upstream.state();
      var event = new GateChanged();
      event.upstream = upstream.name();
      event.closedFor = state.closedFor().toNanos();
      event.rate = state.rate();
      event.waiting = state.waiting();
      event.held = state.held();
      event.budget = state.budget();
      event.commit();
    }
  }

  @Name("dev.llmretry.AttemptFailed")
  @Label("Attempt Failed")
  @Category("LlmRetry")
  @StackTrace(false)
  private static final class AttemptFailed extends Event {
    @Label("Method")
    @Nullable String method;

    @Label("Attempt")
    int attempt;

    @Label("Kind")
    @Nullable String kind;

    @Label("Status Code")
    int statusCode;

    @Label("Reason")
    @Nullable String reason;

    @Label("Retried")
    boolean retried;

    @Label("Delay")
    @Timespan
    long delay;

    @Label("Hedge")
    boolean hedge;
  }

  @Name("dev.llmretry.CallGivenUp")
  @Label("Call Given Up")
  @Category("LlmRetry")
  @StackTrace(false)
  private static final class CallGivenUp extends Event {
    @Label("Method")
    @Nullable String method;

    @Label("Attempts")
    int attempts;

    @Label("Reason")
    @Nullable String reason;
  }

  @Name("dev.llmretry.Waited")
  @Label("Waited for Upstream")
  @Category("LlmRetry")
  @StackTrace(false)
  private static final class Waited extends Event {
    @Label("Method")
    @Nullable String method;

    @Label("Upstream")
    @Nullable String upstream;

    @Label("Cause")
    @Nullable String cause;

    @Label("Time")
    @Timespan
    long time;
  }

  @Name("dev.llmretry.GateChanged")
  @Label("Gate Changed")
  @Category("LlmRetry")
  @StackTrace(false)
  private static final class GateChanged extends Event {
    @Label("Upstream")
    @Nullable String upstream;

    @Label("Closed For")
    @Timespan
    long closedFor;

    @Label("Rate")
    double rate;

    @Label("Waiting")
    int waiting;

    @Label("Held")
    int held;

    @Label("Budget")
    double budget;
  }
}
