package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryTraceTest {

  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(VirtualBackoffClock.autoAdvancing()).build();

  private Throwable failing(RetryPolicy policy, Stream<? extends Exception> errors) {
    Iterator<? extends Exception> script = errors.iterator();
    return catchThrowable(
        () ->
            Retry.call(
                runtime,
                policy,
                null,
                attempt -> {
                  throw script.next();
                }));
  }

  private static RetryPolicy policy(int max) {
    return RetryPolicy.builder("acme.Client.ask").maxRetries(max).build();
  }

  @Test
  void theTraceListsAttemptsKindsDelaysAndEarlierFailures() {
    ProviderError first = new ProviderError(FailureKind.RATE_LIMITED, Duration.ofMillis(1_500));
    ProviderError second = new ProviderError(FailureKind.SERVER);
    Throwable thrown = failing(policy(1), Stream.of(first, second));
    assertThat(thrown).isSameAs(second);
    RetryTrace trace = RetryTrace.find(thrown);
    assertThat(trace.report().failures())
        .extracting(FailedAttempt::error)
        .containsExactly(first, second);
    assertThat(trace.getMessage().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("acme.Client.ask gave up after 2 attempts: no attempts are left"),
            line ->
                assertThat(line).startsWith("  #1 RATE_LIMITED (").contains("), waited 1500 ms: "),
            line -> assertThat(line).startsWith("  #2 SERVER (").endsWith(": " + second));
  }

  @Test
  void aSingleAttemptIsReportedInTheSingular() {
    Throwable thrown = failing(policy(3), Stream.of(new IllegalStateException("no")));
    assertThat(RetryTrace.find(thrown))
        .hasMessageStartingWith(
            "acme.Client.ask gave up after 1 attempt: it is not retryable\n  #1 UNKNOWN (");
  }

  @Test
  void anErrorWithoutTraceHasNone() {
    assertThat(RetryTrace.find(new IOException(new IllegalStateException()))).isNull();
  }

  @Test
  void theTraceKeepsTheLastFailures() {
    RetryPolicy many = RetryPolicy.builder("many").maxRetries(99).baseDelay(Duration.ZERO).build();
    Throwable thrown = failing(many, Stream.generate(() -> new ProviderError(FailureKind.SERVER)));
    RetryReport report = RetryTrace.find(thrown).report();
    assertThat(report.attempts()).isEqualTo(100);
    assertThat(report.failures()).hasSize(33);
    assertThat(report.failures()).first().extracting(FailedAttempt::number).isEqualTo(68);
    assertThat(report.failures()).last().extracting(FailedAttempt::number).isEqualTo(100);
  }

  @Test
  void anErrorWhoseToStringThrowsIsNamedByItsClassInTheTrace() {
    IOException hostile =
        new IOException() {
          private static final long serialVersionUID = 1;

          @Override
          public String toString() {
            throw new IllegalStateException("hostile");
          }
        };
    Throwable thrown = failing(policy(0), Stream.of(hostile));
    assertThat(RetryTrace.find(thrown).getMessage()).contains(hostile.getClass().getName());
  }

  @Test
  void aSerializedErrorKeepsTheSummary() throws Exception {
    IOException unserializable =
        new IOException("first") {
          private static final long serialVersionUID = 1;

          @SuppressWarnings({"unused", "serial"})
          private final Object field = new Object();
        };
    IOException last = new IOException("last");
    Throwable thrown = failing(policy(1), Stream.of(unserializable, last));
    assertThat(thrown).isSameAs(last);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(thrown);
    Throwable read =
        (Throwable)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    RetryReport report = RetryTrace.find(read).report();
    assertThat(report.attempts()).isEqualTo(2);
    assertThat(report.reason()).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void aDelayCutShortIsReportedAsPlanned() {
    CancellationSource source = new CancellationSource();
    RetryListener canceller =
        new RetryListener() {
          @Override
          public void onRetry(String method, FailedAttempt failed) {
            source.cancel();
          }
        };
    Throwable thrown =
        catchThrowable(
            () ->
                Retry.call(
                    RetryRuntime.builder()
                        .clock(VirtualBackoffClock.autoAdvancing())
                        .listener(canceller)
                        .build(),
                    policy(1),
                    source.token(),
                    attempt -> {
                      throw new ProviderError(FailureKind.SERVER);
                    }));
    assertThat(thrown).isInstanceOf(CancelledException.class);
    assertThat(RetryTrace.find(thrown).getMessage()).contains("), was to wait 100 ms: ");
  }

  @Test
  void fractionsOfAMillisecondAreReported() {
    RetryReport report =
        new RetryReport(
            "m",
            2,
            GiveUpReason.NOT_RETRYABLE,
            List.of(
                new FailedAttempt(
                    1,
                    new IOException("x"),
                    dev.llmretry.runtime.classification.Failure.of(FailureKind.NETWORK, "why"),
                    Duration.ofNanos(1_500_000))));
    assertThat(report.toString())
        .isEqualTo(
            "m gave up after 2 attempts: "
                + GiveUpReason.NOT_RETRYABLE.description()
                + "\n  #1 NETWORK (why), waited 1.5 ms: java.io.IOException: x");
  }
}
