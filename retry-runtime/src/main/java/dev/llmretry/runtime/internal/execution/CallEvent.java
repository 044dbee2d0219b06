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
  private final boolean isHedge;
  private final @Nullable String route;
  private final boolean isFallback;
  private final Duration callDuration;
  private final Duration attemptDuration;
  private final Duration waitDuration;

  CallEvent(
      String method,
      Supplier<String> callId,
      int attempt,
      boolean isHedge,
      @Nullable String route,
      boolean isFallback,
      Duration callDuration,
      Duration attemptDuration,
      Duration waitDuration) {
    this.method = method;
    this.callId = callId;
    this.attempt = attempt;
    this.isHedge = isHedge;
    this.route = route;
    this.isFallback = isFallback;
    this.callDuration = callDuration;
    this.attemptDuration = attemptDuration;
    this.waitDuration = waitDuration;
  }

  /** Returns the event of a call that ends before its first attempt. */
  static CallEvent beforeFirstAttempt(String method) {
    String callId = UUID.randomUUID().toString();
    return new CallEvent(
        method, () -> callId, 0, false, null, false, Duration.ZERO, Duration.ZERO, Duration.ZERO);
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
  public boolean isHedge() {
    return isHedge;
  }

  @Override
  public @Nullable String route() {
    return route;
  }

  @Override
  public boolean isFallback() {
    return isFallback;
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
    return method + (isHedge ? ", hedge of attempt " : ", attempt ") + attempt;
  }
}
