package dev.llmretry.benchmarks.waiting;

import dev.llmretry.FailureKind;
import dev.llmretry.benchmarks.ChatException;
import dev.llmretry.benchmarks.SlowClock;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.time.Duration;
import java.util.concurrent.Executors;

/** A way of waiting: a row of the table. */
enum WaitingWay {
  LLM_FAILURE("LlmRetry, LlmFailure"),
  HTTP_FAILURE("LlmRetry, HttpFailure"),
  OWN_EXECUTOR("LlmRetry, LlmFailure, own executor"),
  AT_GATE("LlmRetry, at the closed gate of an upstream"),
  DELAYED_EXECUTOR("hand-written, delayedExecutor"),
  SCHEDULED_EXECUTOR("hand-written, scheduled executor"),
  RESILIENCE4J("Resilience4j"),
  SMALLRYE("SmallRye Fault Tolerance"),
  FAILSAFE("Failsafe");

  private final String text;

  WaitingWay(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  boolean isPeer() {
    return this == RESILIENCE4J || this == SMALLRYE || this == FAILSAFE;
  }

  boolean isHeldToTargets() {
    return this == LLM_FAILURE || this == HTTP_FAILURE;
  }

  /** Returns whether calls wait before their first attempt, instead of in back-off. */
  boolean isAtGate() {
    return this == AT_GATE;
  }

  /** Returns what first attempts fail with. */
  Exception error() {
    return this == HTTP_FAILURE
        ? new ChatHttpException(429)
        : new ChatException(FailureKind.RATE_LIMITED);
  }

  WaitingClient around(FailingOnce delegate, Wait backOff) {
    return switch (this) {
      case LLM_FAILURE, HTTP_FAILURE -> retrying(delegate, backOff, alone().build());
      case OWN_EXECUTOR -> retrying(delegate, backOff, withExecutor());
      case AT_GATE -> retrying(delegate, backOff, withClosedGate());
      case DELAYED_EXECUTOR -> new DelayedExecutorClient(delegate, backOff);
      case SCHEDULED_EXECUTOR -> new ScheduledExecutorClient(delegate, backOff);
      case RESILIENCE4J -> new Resilience4jClient(delegate, backOff);
      case SMALLRYE -> new SmallRyeClient(delegate, backOff);
      case FAILSAFE -> new FailsafeClient(delegate, backOff);
    };
  }

  private static WaitingClient retrying(FailingOnce delegate, Wait backOff, RetryRuntime runtime) {
    return switch (backOff) {
      case LONG -> new RetryingLongWaitClient(delegate, runtime);
      case SHORT -> new RetryingShortWaitClient(delegate, runtime);
    };
  }

  /** One thread makes the later attempts, as where others have a scheduled executor. */
  private static RetryRuntime withExecutor() {
    return alone().executor(Executors.newFixedThreadPool(1)).build();
  }

  /** Calls do not wait for one another: all fail at once, which no provider does for long. */
  private static RetryRuntime.Builder alone() {
    return RetryRuntime.builder().upstream(Upstream.none());
  }

  private static RetryRuntime withClosedGate() {
    Upstream upstream = Upstream.of("closed");
    RetryRuntime runtime = RetryRuntime.builder().clock(new SlowClock()).upstream(upstream).build();
    upstream.pushback(Duration.ofSeconds(30));
    return runtime;
  }
}
