package dev.llmretry.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.testing.VirtualBackoffClock;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTracingTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("ask").maxRetries(2).build();

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
  private final Tracer tracer = provider.get("test");
  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final List<Runnable> queue = new ArrayList<>();
  private int attempts;

  private final RetryRuntime runtime =
      RetryRuntime.builder()
          .clock(clock)
          .upstream(Upstream.none())
          .classifier(
              (error, time) ->
                  new Failure(
                      FailureKind.OVERLOADED, null, 503, error.getMessage() + "!".repeat(500)))
          .listener(new RetryTracing())
          .executorPerCall(RetryTracing.executorPerCall(queue::add))
          .build();

  @AfterEach
  void close() {
    provider.close();
  }

  private String failing(int times) {
    if (++attempts <= times) {
      throw new IllegalStateException("busy");
    }
    return "ok";
  }

  private SpanData traced(Runnable call) {
    Span span = tracer.spanBuilder("request").startSpan();
    try (Scope scope = span.makeCurrent()) {
      assertThat(scope).isNotNull();
      call.run();
    } finally {
      span.end();
    }
    return exporter.getFinishedSpanItems().get(0);
  }

  private static Object attribute(EventData event, String key) {
    for (var attribute : event.getAttributes().asMap().entrySet()) {
      if (attribute.getKey().getKey().equals(key)) {
        return attribute.getValue();
      }
    }
    return null;
  }

  @Test
  void failedAttemptsAreEventsOfTheSpan() {
    SpanData span = traced(() -> Retry.call(runtime, POLICY, null, attempt -> failing(2)));
    assertThat(span.getEvents())
        .extracting(EventData::getName)
        .containsExactly("llmretry.attempt_failed", "llmretry.attempt_failed");
    EventData second = span.getEvents().get(1);
    assertThat(attribute(second, "llmretry.method")).isEqualTo("ask");
    assertThat(attribute(second, "llmretry.attempt")).isEqualTo(2L);
    assertThat(attribute(second, "error.type")).isEqualTo("overloaded");
    assertThat(attribute(second, "http.response.status_code")).isEqualTo(503L);
    assertThat(attribute(second, "llmretry.delay")).isEqualTo(0.2);
    assertThat(attribute(second, "llmretry.failure").toString()).startsWith("busy!!!").hasSize(301);
    assertThat(attribute(second, "llmretry.call_id"))
        .isEqualTo(attribute(span.getEvents().get(0), "llmretry.call_id"));
    assertThat(span.getAttributes().get(AttributeKey.longKey("llmretry.attempts"))).isEqualTo(3);
  }

  @Test
  void aCallThatIsGivenUpHasAnEventWithTheReason() {
    SpanData span =
        traced(
            () ->
                assertThatThrownBy(() -> Retry.call(runtime, POLICY, null, attempt -> failing(9)))
                    .hasMessage("busy"));
    assertThat(span.getEvents()).hasSize(4);
    EventData last = span.getEvents().get(3);
    assertThat(last.getName()).isEqualTo("llmretry.give_up");
    assertThat(attribute(last, "llmretry.reason")).isEqualTo("attempts_exhausted");
    assertThat(attribute(last, "llmretry.attempts")).isEqualTo(3L);
    assertThat(attribute(span.getEvents().get(2), "llmretry.delay")).isNull();
  }

  @Test
  void aCallThatSucceedsAtOnceLeavesNoMark() {
    SpanData span = traced(() -> Retry.call(runtime, POLICY, null, attempt -> failing(0)));
    assertThat(span.getEvents()).isEmpty();
    assertThat(span.getAttributes().isEmpty()).isTrue();
  }

  @Test
  void aCallThatWasCancelledBeforeIsGivenUp() {
    var source = new CancellationSource();
    source.cancel();
    SpanData span =
        traced(
            () ->
                assertThatThrownBy(
                        () -> Retry.call(runtime, POLICY, source.token(), attempt -> "ok"))
                    .hasMessageContaining("cancelled"));
    assertThat(span.getEvents())
        .singleElement()
        .extracting(event -> attribute(event, "llmretry.reason"))
        .isEqualTo("cancelled");
  }

  @Test
  void laterAttemptsHaveTheContextAndTheEventsTheSpanOfTheCaller() {
    List<String> spans = new ArrayList<>();
    List<CompletableFuture<String>> futures = new ArrayList<>();
    Span span = tracer.spanBuilder("request").startSpan();
    CompletableFuture<String> call;
    try (Scope scope = span.makeCurrent()) {
      assertThat(scope).isNotNull();
      call =
          AsyncRetry.call(
              runtime,
              POLICY,
              attempt -> {
                spans.add(Span.current().getSpanContext().getSpanId());
                futures.add(new CompletableFuture<>());
                return futures.get(futures.size() - 1);
              });
    }
    futures.get(0).completeExceptionally(new IllegalStateException("busy")); // on a bare thread
    clock.advance(Duration.ofMillis(100));
    assertThat(queue).hasSize(1);
    queue.remove(0).run();
    futures.get(1).complete("ok");
    assertThat(call.join()).isEqualTo("ok");
    span.end();
    assertThat(spans).containsExactly(span.getSpanContext().getSpanId(), spans.get(0));
    assertThat(exporter.getFinishedSpanItems().get(0).getEvents())
        .extracting(EventData::getName)
        .containsExactly("llmretry.attempt_failed");
  }

  @Test
  void waitsForTheUpstreamAreEvents() {
    Upstream upstream = Upstream.of("openai");
    RetryRuntime sharing = runtime.toBuilder().upstream(upstream).build();
    Retry.call(sharing, POLICY, null, attempt -> "binds the upstream to the clock");
    upstream.pushback(Duration.ofSeconds(3));

    SpanData span = traced(() -> Retry.call(sharing, POLICY, null, attempt -> failing(0)));

    assertThat(span.getEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getName()).isEqualTo("llmretry.waited");
              assertThat(attribute(event, "llmretry.wait")).isEqualTo(3.0);
              assertThat(attribute(event, "llmretry.cause")).isEqualTo("rate_limit");
              assertThat(attribute(event, "llmretry.method")).isEqualTo("ask");
            });
  }

  @Test
  void failedAttemptsNameTheirRoute() {
    Routes<String> routes = Routes.of(runtime, Route.of("first", "down"), Route.of("second", "up"));
    SpanData span =
        traced(
            () ->
                Retry.call(
                    routes.runtime(),
                    POLICY,
                    null,
                    attempt -> {
                      if (routes.of(attempt).equals("down")) {
                        throw new IllegalStateException("busy");
                      }
                      return "ok";
                    }));
    assertThat(span.getEvents())
        .singleElement()
        .extracting(event -> attribute(event, "llmretry.route"))
        .isEqualTo("first");
  }

  @Test
  void withoutASpanNothingIsRecorded() {
    assertThat(Retry.<String, RuntimeException>call(runtime, POLICY, null, attempt -> failing(1)))
        .isEqualTo("ok");
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }
}
