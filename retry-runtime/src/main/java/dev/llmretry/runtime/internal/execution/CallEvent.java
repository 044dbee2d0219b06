package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.RetryEvent;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An event of a call. */
final class CallEvent implements RetryEvent {

  private final String method;
  private final Supplier<String> callId;
  private final int attempt;
  private final @Nullable String route;
  private final Duration callDuration;
  private final Duration attemptDuration;
  private final Duration waitDuration;

  CallEvent(
      String method,
      Supplier<String> callId,
      int attempt,
      @Nullable String route,
      Duration callDuration,
      Duration attemptDuration,
      Duration waitDuration) {
    this.method = method;
    this.callId = callId;
    this.attempt = attempt;
    this.route = route;
    this.callDuration = callDuration;
    this.attemptDuration = attemptDuration;
    this.waitDuration = waitDuration;
  }

  /** Returns the event of a call that ends before its first attempt. */
  static CallEvent beforeFirstAttempt(String method) {
    String callId = UUID.randomUUID().toString();
    return new CallEvent(
        method, () -> callId, 0, null, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String callId() {
    return callId.get();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public @Nullable String route() {
    return route;
  }

  @Override
  public Duration callDuration() {
    return callDuration;
  }

  @Override
  public Duration attemptDuration() {
    return attemptDuration;
  }

  @Override
  public Duration waitDuration() {
    return waitDuration;
  }

  @Override
  public String toString() {
    return method + ", attempt " + attempt;
  }
}
