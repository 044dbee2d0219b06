package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.WaitCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of calls, and whether their durations are right. */
public final class EventLog implements RetryListener {

  private final BackoffClock clock;
  private final Map<String, Call> calls = new HashMap<>();
  private String lastCallId;

  public EventLog(BackoffClock clock) {
    this.clock = clock;
  }

  private static final class Call {
    private final List<String> events = new ArrayList<>();
    private final long start;
    private final Map<Boolean, Long> starts = new HashMap<>();
    private final Map<Boolean, Long> durations = new HashMap<>();
    private long waitNanos;

    Call(long start) {
      this.start = start;
    }
  }

  /** Returns the identifier of the call that ended last. */
  public String callId() {
    return lastCallId;
  }

  /**
   * Returns the events of the call that ended last, such as {@code started 1} and {@code ended 1
   * SERVER}; of a hedge, {@code started 1 hedge}.
   */
  public List<String> events() {
    return calls.get(lastCallId).events;
  }

  private Call call(RetryEvent event) {
    // The call began before its first event if it had to wait for its upstream.
    return calls.computeIfAbsent(
        event.callId(), id -> new Call(clock.nanoTime() - event.callDuration().toNanos()));
  }

  @Override
  public void onWaited(RetryEvent event, WaitCause cause, Duration time) {
    Call call = call(event);
    call.waitNanos += time.toNanos();
    add("waited", event, " " + cause + " " + time.toMillis());
  }

  @Override
  public void onAttemptStarted(RetryEvent event) {
    Call call = call(event);
    call.starts.put(event.isHedge(), clock.nanoTime());
    call.durations.remove(event.isHedge());
    add("started", event, "");
  }

  @Override
  public void onAttemptEnded(RetryEvent event, @Nullable FailedAttempt failed) {
    Call call = call(event);
    call.durations.put(event.isHedge(), clock.nanoTime() - call.starts.get(event.isHedge()));
    add("ended", event, failed == null ? " result" : " " + failed.failure().kind());
  }

  @Override
  public void onRetry(RetryEvent event, FailedAttempt failed) {
    add("retry", event, "");
  }

  @Override
  public void onSuccess(RetryEvent event) {
    add("success", event, "");
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    add("give up", event, "");
  }

  private void add(String what, RetryEvent event, String outcome) {
    Call call = call(event);
    call.events.add(what + " " + event.attempt() + (event.isHedge() ? " hedge" : "") + outcome);
    lastCallId = event.callId();
    if (event.callDuration().toNanos() != clock.nanoTime() - call.start
        || event.attemptDuration().toNanos() != call.durations.getOrDefault(event.isHedge(), 0L)
        || event.waitDuration().toNanos() != call.waitNanos) {
      call.events.add("wrong durations");
    }
  }

  /** Returns the waits of the call that ended last, such as {@code RATE_LIMIT 1000}. */
  List<String> waits() {
    return events().stream()
        .filter(event -> event.startsWith("waited "))
        .map(event -> event.replaceFirst("waited \\d+ ", ""))
        .toList();
  }

  /**
   * Checks the order of the events of the call that ended last.
   *
   * @param attempts how many attempts were made
   * @param success whether the last one returned a result
   */
  void check(int attempts, boolean success) {
    List<String> expected = new ArrayList<>();
    for (int attempt = 1; attempt < attempts; attempt++) {
      expected.addAll(
          List.of(
              waited(attempt - 1) + "started " + attempt,
              "ended " + attempt + " [A-Z_]+",
              "retry " + attempt));
    }
    if (attempts > 0) {
      expected.add(waited(attempts - 1) + "started " + attempts);
      expected.add("ended " + attempts + (success ? " result" : " [A-Z_]+"));
    }
    expected.add(
        success
            ? "success " + attempts
            : "(retry " + attempts + "; )?" + waited(attempts) + "give up " + attempts);
    assertThat(String.join("; ", events())).matches(String.join("; ", expected));
  }

  private static String waited(int attempt) {
    return "(waited " + attempt + " [A-Z_]+ \\d+; )*";
  }
}
