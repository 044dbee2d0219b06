package dev.llmretry.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.WaitCause;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds events to the span that is current when a call makes its first attempt. A logical span of a
 * request to a model usually covers its retries, and HTTP clients have spans of their own for each
 * request; so no span is added.
 *
 * <ul>
 *   <li>{@code llmretry.attempt_failed}: {@code llmretry.method}, {@code llmretry.call_id}, {@code
 *       llmretry.attempt} from 1, {@code error.type} (the kind of failure in lower case), {@code
 *       llmretry.failure} (its reason), {@code http.response.status_code} if known, {@code
 *       llmretry.delay} in seconds if a retry follows, {@code llmretry.route} if there are several;
 *   <li>{@code llmretry.waited}: {@code llmretry.method}, {@code llmretry.call_id}, {@code
 *       llmretry.wait} in seconds, {@code llmretry.cause} (the {@link WaitCause} in lower case):
 *       the call has waited for its upstream;
 *   <li>{@code llmretry.give_up}: {@code llmretry.method}, {@code llmretry.call_id}, {@code
 *       llmretry.attempts}, {@code llmretry.reason}.
 * </ul>
 *
 * <p>A call that succeeds after retries sets the attribute {@code llmretry.attempts} of the span.
 * {@link #executorPerCall} also makes the span current in later attempts of asynchronous calls.
 *
 * <pre>{@code
 * RetryRuntime runtime = RetryRuntime.builder()
 *     .listener(new RetryTracing())
 *     .executorPerCall(RetryTracing.executorPerCall(pool))
 *     .build();
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class RetryTracing implements RetryListener {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("llmretry.method");
  private static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("llmretry.call_id");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("llmretry.attempt");
  private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("llmretry.attempts");
  private static final AttributeKey<Double> DELAY = AttributeKey.doubleKey("llmretry.delay");
  private static final AttributeKey<String> FAILURE = AttributeKey.stringKey("llmretry.failure");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("llmretry.route");
  private static final AttributeKey<Double> WAIT = AttributeKey.doubleKey("llmretry.wait");
  private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("llmretry.cause");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("llmretry.reason");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private static final int LONGEST_REASON = 300;

  /**
   * The spans of calls in progress, by the identifier of the call, which lives as long as the call:
   * that of a call which ends with an error that is not reported is forgotten with it.
   */
  private final Map<String, Span> spans = Collections.synchronizedMap(new WeakHashMap<>());

  /** Creates a listener. */
  public RetryTracing() {}

  /**
   * {@return a supplier for {@link dev.llmretry.runtime.RetryRuntime.Builder#executorPerCall},
   * whose executors run tasks in the context of the caller}
   *
   * @param pool runs the tasks
   */
  public static Supplier<Executor> executorPerCall(Executor pool) {
    requireNonNull(pool, "pool");
    return () -> {
      Context callers = Context.current();
      return task -> pool.execute(callers.wrap(task));
    };
  }

  @Override
  public void onWaited(RetryEvent event, WaitCause cause, Duration wait) {
    Span span = span(event);
    if (span != null) {
      Attributes attributes =
          call(event).put(WAIT, seconds(wait)).put(CAUSE, lowerCase(cause)).build();
      span.addEvent("llmretry.waited", attributes);
    }
  }

  @Override
  public void onAttemptStarted(RetryEvent event) {
    if (event.attempt() == 1) {
      Span current = Span.current();
      if (current.isRecording()) {
        spans.put(event.callId(), current);
      }
    }
  }

  @Override
  public void onAttemptEnded(RetryEvent event, @Nullable FailedAttempt failed) {
    Span span = failed == null ? null : span(event);
    if (span == null || failed == null) {
      return;
    }
    AttributesBuilder attributes =
        call(event)
            .put(ATTEMPT, failed.number())
            .put(ERROR_TYPE, lowerCase(failed.failure().kind()))
            .put(FAILURE, cut(failed.failure().reason()));
    if (failed.failure().statusCode() > 0) {
      attributes.put(STATUS, failed.failure().statusCode());
    }
    if (failed.delay() != null) {
      attributes.put(DELAY, seconds(failed.delay()));
    }
    if (failed.route() != null) {
      attributes.put(ROUTE, failed.route());
    }
    span.addEvent("llmretry.attempt_failed", attributes.build());
  }

  @Override
  public void onSuccess(RetryEvent event) {
    Span span = spans.isEmpty() ? null : spans.remove(event.callId());
    if (span != null && event.attempt() > 1) {
      span.setAttribute(ATTEMPTS, (long) event.attempt());
    }
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    Span span = span(event);
    if (span != null) {
      Attributes attributes =
          call(event)
              .put(ATTEMPTS, report.attempts())
              .put(REASON, lowerCase(report.reason()))
              .build();
      span.addEvent("llmretry.give_up", attributes);
      spans.remove(event.callId());
    }
  }

  /** Returns the span of a call; of one that has made no attempt, the current one. */
  private @Nullable Span span(RetryEvent event) {
    if (event.attempt() == 0) {
      Span current = Span.current();
      return current.isRecording() ? current : null;
    }
    return spans.isEmpty() ? null : spans.get(event.callId());
  }

  private static AttributesBuilder call(RetryEvent event) {
    return Attributes.builder().put(METHOD, event.method()).put(CALL_ID, event.callId());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
