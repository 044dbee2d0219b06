package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryRuntimeTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("acme.Client.ask").maxRetries(1).build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final Logger logger = Logger.getLogger("dev.llmretry");

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private RetryRuntime.Builder runtime() {
    return RetryRuntime.builder().clock(clock);
  }

  private int callsUntilItFails(RetryRuntime runtime, Exception error) {
    int[] calls = new int[1];
    Callable<String> call =
        () -> {
          calls[0]++;
          throw error;
        };
    assertThat(catchThrowable(() -> Retry.call(runtime, POLICY, null, attempt -> call.call())))
        .isSameAs(error);
    return calls[0];
  }

  private static Failure failure(FailureKind kind) {
    return Failure.of(kind, "by the user");
  }

  @Test
  void eachRetryIsLoggedAtDebug() {
    callsUntilItFails(runtime().build(), new ProviderError(FailureKind.SERVER));
    assertThat(log.lines()).singleElement().extracting(LogRecord::getLevel).isEqualTo(Level.FINE);
    assertThat(log.lines().get(0).getMessage())
        .matches("retry method=acme.Client.ask attempt=1 delay_ms=100 reason=SERVER \\(.+\\)");
  }

  @Test
  void theLogHasTheSameDigitsInAllLocales() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      callsUntilItFails(runtime().build(), new ProviderError(FailureKind.SERVER));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(log.lines().get(0).getMessage()).contains("attempt=1 delay_ms=100");
  }

  @Test
  void aReasonCannotForgeALogLine() {
    String forged = "busy\nretry method=other " + "x".repeat(1_000_000);
    RetryRuntime runtime =
        runtime().classifier((error, time) -> Failure.of(FailureKind.SERVER, forged)).build();
    callsUntilItFails(runtime, new ProviderError(FailureKind.SERVER));
    assertThat(log.lines().get(0).getMessage())
        .contains("(busy\\nretry method=other xxx")
        .hasLineCount(1)
        .hasSizeLessThan(500);
  }

  @Test
  void aCustomClassifierIsAskedFirst() {
    IllegalStateException unknown = new IllegalStateException();
    FailureClassifier classifier = (error, time) -> failure(FailureKind.SERVER);
    assertThat(callsUntilItFails(runtime().build(), unknown)).isEqualTo(1);
    assertThat(callsUntilItFails(runtime().classifier(classifier).build(), unknown)).isEqualTo(2);
  }

  @Test
  void theFirstClassifierThatRecognisesTheErrorDecides() {
    RetryRuntime runtime =
        runtime()
            .classifier((error, time) -> null)
            .classifier((error, time) -> failure(FailureKind.QUOTA_EXHAUSTED))
            .classifier((error, time) -> failure(FailureKind.SERVER))
            .build();
    assertThat(callsUntilItFails(runtime, new ProviderError(FailureKind.SERVER))).isEqualTo(1);
  }

  @Test
  void aClassifierThatThrowsIsLoggedAndSkipped() {
    RetryRuntime runtime =
        runtime()
            .classifier(
                (error, time) -> {
                  throw new IllegalStateException("on purpose");
                })
            .build();
    assertThat(callsUntilItFails(runtime, new ProviderError(FailureKind.SERVER))).isEqualTo(2);
    assertThat(log.lines()).extracting(LogRecord::getLevel).contains(Level.WARNING);
  }

  @Test
  void noClassifierTurnsACancellationIntoAnythingElse() {
    RetryRuntime runtime =
        runtime().classifier((error, time) -> failure(FailureKind.SERVER)).build();
    assertThat(callsUntilItFails(runtime, new CancellationException())).isEqualTo(1);
    assertThat(callsUntilItFails(runtime, new InterruptedException())).isEqualTo(1);
  }

  @Test
  void aListenerThatThrowsIsLoggedAndChangesNothing() throws IOException {
    RetryListener hostile =
        new RetryListener() {
          @Override
          public void onAttemptStarted(RetryEvent event) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void onAttemptEnded(RetryEvent event, FailedAttempt failed) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void onRetry(RetryEvent event, FailedAttempt attempt) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void onSuccess(RetryEvent event) {
            throw new AssertionError("on purpose");
          }

          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
            throw new IllegalStateException("on purpose");
          }
        };
    RetryRuntime runtime = runtime().listener(hostile).build();
    assertThat(callsUntilItFails(runtime, new ProviderError(FailureKind.SERVER))).isEqualTo(2);
    assertThat(clock.waits()).containsExactly(Duration.ofMillis(100));
    String result = Retry.call(runtime, POLICY, null, attempt -> "ok");
    assertThat(result).isEqualTo("ok");
    assertThat(log.lines()).filteredOn(line -> line.getLevel() == Level.WARNING).hasSize(2);
  }

  @Test
  void aClockThatFailsMeasuresNoTime() throws IOException {
    var broken =
        new ForwardingClock(clock) {
          @Override
          public long nanoTime() {
            throw new IllegalStateException("on purpose");
          }
        };
    List<Duration> durations = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onSuccess(RetryEvent event) {
            durations.add(event.callDuration());
            durations.add(event.attemptDuration());
          }
        };
    RetryRuntime runtime = runtime().clock(broken).listener(listener).build();
    String result = Retry.call(runtime, POLICY, null, attempt -> "ok");
    assertThat(result).isEqualTo("ok");
    assertThat(durations).containsExactly(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void aSourceOfRandomNumbersThatThrowsIsReplaced() {
    RetryPolicy jittered = RetryPolicy.builder("a").maxRetries(1).jitter(Jitter.FULL).build();
    RetryRuntime runtime =
        runtime()
            .random(
                () -> {
                  throw new IllegalStateException("on purpose");
                })
            .build();
    ProviderError error = new ProviderError(FailureKind.SERVER);
    assertThat(
            catchThrowable(
                () ->
                    Retry.call(
                        runtime,
                        jittered,
                        null,
                        attempt -> {
                          throw error;
                        })))
        .isSameAs(error);
    assertThat(clock.waits()).hasSize(1);
  }

  @Test
  void aLoggerThatThrowsChangesNothing() {
    Handler hostile =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(hostile);
    try {
      assertThat(callsUntilItFails(runtime().build(), new ProviderError(FailureKind.SERVER)))
          .isEqualTo(2);
    } finally {
      logger.removeHandler(hostile);
    }
  }

  @Test
  void anExceptionWhoseAccessorsThrowIsThrownUnchanged() {
    IOException hostile =
        new IOException() {
          private static final long serialVersionUID = 1;

          @Override
          public synchronized Throwable getCause() {
            throw new StackOverflowError("on purpose");
          }

          @Override
          public String getMessage() {
            throw new AssertionError("on purpose");
          }
        };
    assertThat(callsUntilItFails(runtime().build(), hostile)).isEqualTo(2);
  }

  @Test
  void theStandardRuntimePassesTheTokenOfTheCall() throws IOException {
    Retry.Call<String, IOException> call = attempt -> "ok";
    assertThat(Retry.call(POLICY, null, call)).isEqualTo("ok");
    CancellationSource source = new CancellationSource();
    CancellationToken given = Retry.call(POLICY, source.token(), Attempt::token);
    assertThat(given).isSameAs(source.token());
    CancellationToken none = Retry.call(POLICY, null, Attempt::token);
    assertThat(none).isSameAs(CancellationToken.none());
  }

  @Test
  void nullsAreRefusedWhereTheyAreGiven() {
    RetryRuntime.Builder builder = RetryRuntime.builder();
    assertThatThrownBy(() -> builder.clock(null)).hasMessage("clock");
    assertThatThrownBy(() -> builder.token(null)).hasMessage("token");
    assertThatThrownBy(() -> builder.listener(null)).hasMessage("listener");
    assertThatThrownBy(() -> builder.classifier(null)).hasMessage("classifier");
    assertThatThrownBy(() -> builder.random(null)).hasMessage("random");
    assertThatThrownBy(() -> RetryPolicy.builder(null)).hasMessage("name");
  }

  @Test
  void listenersAreNotifiedInTheirOrderAndOneThatThrowsKeepsNoOther() {
    List<String> events = new ArrayList<>();
    RetryListener throwing =
        new RetryListener() {
          @Override
          public void onSuccess(RetryEvent event) {
            events.add("first");
            throw new IllegalStateException("on purpose");
          }
        };
    RetryListener second =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt attempt) {
            events.add("second retry");
          }

          @Override
          public void onSuccess(RetryEvent event) {
            events.add("second " + event.attempt());
          }

          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
            events.add("second " + report.reason());
          }
        };
    RetryRuntime both = runtime().listener(throwing).listener(second).build();
    logger.setUseParentHandlers(false);
    Retry.call(both, POLICY, null, attempt -> "ok");
    assertThat(events).containsExactly("first", "second 1");
    events.clear();
    var error = new ProviderError(FailureKind.OVERLOADED);
    RetryRuntime three = both.toBuilder().listener(second).build();
    assertThatThrownBy(
            () ->
                Retry.call(
                    three,
                    RetryPolicy.builder("call").maxRetries(1).build(),
                    null,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(events)
        .containsExactly(
            "second retry",
            "second retry",
            "second ATTEMPTS_EXHAUSTED",
            "second ATTEMPTS_EXHAUSTED");
    assertThat(RetryRuntime.standard().listener()).isNull();
  }

  @Test
  void aRuntimeIsDormantWithoutTokenListenerAndLimits() {
    Upstream upstream = Upstream.of("provider");
    RetryRuntime runtime = runtime().upstream(upstream).build();
    assertThat(RetryRuntime.standard().isDormant()).isTrue();
    assertThat(runtime.isDormant()).isTrue();
    assertThat(runtime.toBuilder().upstream(Upstream.none()).build().isDormant()).isTrue();
    assertThat(runtime.toBuilder().listener(new RetryListener() {}).build().isDormant()).isFalse();
    CancellationToken token = new CancellationSource().token();
    assertThat(runtime.toBuilder().token(token).build().isDormant()).isFalse();
    upstream.pushback(Duration.ofSeconds(1));
    assertThat(runtime.isDormant()).isFalse();
    upstream.reset();
    assertThat(runtime.isDormant()).isTrue();
  }
}
