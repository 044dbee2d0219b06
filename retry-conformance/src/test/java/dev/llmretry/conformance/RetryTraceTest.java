package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
            "acme.Client.ask gave up after 1 attempt: it is not retryable (let the exception"
                + " implement HttpFailure or LlmFailure, or add retry-providers)\n  #1 UNKNOWN (");
  }

  @Test
  void howToHaveAnExceptionRecognisedIsNotSaidOfOneInAbortOn() {
    RetryPolicy aborting =
        RetryPolicy.builder("ask").abortOn(IllegalStateException.class).maxRetries(3).build();
    var error = new IllegalStateException("no");
    assertThat(RetryTrace.find(failing(aborting, Stream.of(error))))
        .hasMessage(
            "ask gave up after 1 attempt: it is not retryable\n"
                + "  #1 UNKNOWN (java.lang.IllegalStateException, excluded by abortOn): "
                + error);
  }

  @Test
  void anErrorWithoutTraceHasNone() {
    assertThat(RetryTrace.find(new IOException(new IllegalStateException()))).isNull();
  }

  @Test
  void theTraceKeepsTheFirstAndTheLastFailures() {
    RetryPolicy many = RetryPolicy.builder("many").maxRetries(99).baseDelay(Duration.ZERO).build();
    Throwable thrown = failing(many, Stream.generate(() -> new ProviderError(FailureKind.SERVER)));
    RetryReport report = RetryTrace.find(thrown).report();
    assertThat(report.attempts()).isEqualTo(100);
    assertThat(report.failures())
        .extracting(FailedAttempt::number)
        .containsExactlyElementsOf(
            IntStream.concat(IntStream.of(1), IntStream.rangeClosed(69, 100)).boxed().toList());
    assertThat(report.toString().lines()).hasSize(35).element(2).isEqualTo("  ... 67 more");
  }

  @Test
  void aMessageCannotForgeALine() {
    Throwable thrown =
        failing(
            policy(0),
            Stream.of(
                new IOException(
                    "a\n  #2 SERVER\r\tb\u2028c\u2029d\u0085e\u001B[31mf\u202Eg\u2066h\u0000i\uD83Dj")));
    assertThat(RetryTrace.find(thrown).getMessage().lines())
        .hasSize(2)
        .last()
        .asString()
        .endsWith(
            ": java.io.IOException: a\\n  #2 SERVER\\r\\tb\\u2028c\\u2029d\\u0085e\\u001B[31mf\\u202Eg"
                + "\\u2066h\\u0000i\\uD83Dj");
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() {
    String name = "java.io.IOException: ";
    for (int shift = 0; shift < 2; shift++) {
      String message = "x".repeat(shift) + "\uD83D\uDE00".repeat(500_000);
      Throwable thrown = failing(policy(3), Stream.generate(() -> new IOException(message)));
      String text = RetryTrace.find(thrown).getMessage();
      assertThat(text).hasSizeLessThan(5_000).contains(name + message.substring(0, 400 + shift));
      assertThat(text.lines().skip(1))
          .hasSize(4)
          .allSatisfy(
              line -> {
                assertThat(line).endsWith(" more characters)");
                assertThat(line.codePoints())
                    .noneMatch(unit -> Character.getType(unit) == Character.SURROGATE);
              });
    }
  }

  @Test
  void theNameAndTheReasonAreShownLikeMessages() {
    RetryReport report =
        new RetryReport(
            "m\n" + "m".repeat(1_000_000),
            1,
            GiveUpReason.NOT_RETRYABLE,
            List.of(
                new FailedAttempt(
                    1,
                    new IOException("x"),
                    Failure.of(FailureKind.NETWORK, "\n" + "r".repeat(1_000_000)),
                    null,
                    null,
                    false)));
    assertThat(report.toString()).hasSizeLessThan(1_000);
    assertThat(report.toString().lines()).hasSize(2);
  }

  @Test
  void joinersOfScriptsAndEmojiAreShown() {
    String text = "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \uD83D\uDC69\u200D\uD83D\uDCBB";
    Throwable thrown = failing(policy(0), Stream.of(new IOException(text)));
    assertThat(RetryTrace.find(thrown).getMessage()).endsWith(text);
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

  /** Has a field that cannot be serialized. */
  private static IOException unserializable(String message) {
    return new IOException(message) {
      private static final long serialVersionUID = 1;

      @SuppressWarnings({"unused", "serial"})
      private final Object field = new Object();
    };
  }

  @SuppressWarnings("unchecked")
  private static <T> T serialized(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(object);
    return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void aSerializedErrorKeepsItsTrace() throws Exception {
    IOException cause = unserializable("reset");
    IOException first = unserializable("first");
    first.initCause(cause);
    IOException last = new IOException("last");
    Throwable thrown = failing(policy(1), Stream.of(first, last));
    assertThat(thrown).isSameAs(last);
    RetryReport report = RetryTrace.find(thrown).report();
    RetryReport read = RetryTrace.find(serialized(thrown)).report();
    assertThat(read.toString()).isEqualTo(report.toString());
    assertThat(read.failures())
        .extracting(FailedAttempt::failure)
        .isEqualTo(report.failures().stream().map(FailedAttempt::failure).toList());
    Throwable copy = read.failures().get(0).error();
    assertThat(copy).hasMessage("first").hasToString(first.toString());
    assertThat(copy.getStackTrace()).isEqualTo(first.getStackTrace());
    assertThat(copy.getCause()).hasMessage("reset").hasToString(cause.toString());
  }

  @Test
  void aReportCanBeSerialized() throws Exception {
    RetryReport report =
        RetryTrace.find(failing(policy(1), Stream.generate(() -> unserializable("x")))).report();
    assertThat(serialized(report)).hasToString(report.toString());
  }

  @Test
  void ourExceptionsCanBeSerializedWhateverTheirCauseIs() throws Exception {
    for (RuntimeException error :
        List.of(
            new CancelledException("cancelled", unserializable("lost")),
            new AttemptTimeoutException("timed out", unserializable("lost")))) {
      error.addSuppressed(unserializable("suppressed"));
      error.addSuppressed(new IllegalStateException("kept"));
      RuntimeException read = serialized(error);
      assertThat(read).hasSameClassAs(error).hasMessage(error.getMessage());
      assertThat(read.getStackTrace()).isEqualTo(error.getStackTrace());
      assertThat(read.getCause()).hasMessage("lost").hasToString(error.getCause().toString());
      assertThat(read.getSuppressed()[0]).hasMessage("suppressed");
      assertThat(read.getSuppressed()[1]).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void causesThatCanBeSerializedAreKept() throws Exception {
    CancelledException inner = new CancelledException("inner");
    CancelledException outer =
        new CancelledException("outer", new IllegalStateException("between", inner));
    CancelledException read = serialized(outer);
    assertThat(read.lastFailure()).isInstanceOf(IllegalStateException.class).hasMessage("between");
    assertThat(read.lastFailure().getCause()).isInstanceOf(CancelledException.class);
    assertThat(serialized(inner).lastFailure()).isNull();
  }

  @Test
  void causesInACycleEndTheirCopies() throws Exception {
    IOException one = unserializable("one");
    one.initCause(new IOException("two", one));
    assertThat(serialized(new CancelledException("cancelled", one)).lastFailure())
        .hasMessage("one")
        .hasRootCauseMessage("one");
  }

  @Test
  void aDelayCutShortIsReportedAsPlanned() {
    CancellationSource source = new CancellationSource();
    RetryListener canceller =
        new RetryListener() {
          @Override
          public void onRetry(RetryEvent event, FailedAttempt failed) {
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
                    Failure.of(FailureKind.NETWORK, "why"),
                    Duration.ofNanos(1_500_000),
                    "azure",
                    false)));
    assertThat(report.toString())
        .isEqualTo(
            "m gave up after 2 attempts: "
                + GiveUpReason.NOT_RETRYABLE.description()
                + "\n  #1 azure NETWORK (why), waited 1.5 ms: java.io.IOException: x");
  }

  @Test
  @Timeout(60)
  void aCallUnderTheMonitorOfAnErrorDoesNotDelayOthers() throws Exception {
    IOException shared = new IOException("shared");
    CountDownLatch attaching = new CountDownLatch(1);
    Thread blocked =
        new Thread(
            () -> {
              attaching.countDown();
              RetryTrace.attach(shared, report("blocked"));
            });
    synchronized (shared) {
      blocked.start();
      attaching.await();
      while (blocked.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      IOException other = new IOException("other");
      Thread unrelated = new Thread(() -> RetryTrace.attach(other, report("unrelated")));
      unrelated.start();
      unrelated.join();
      assertThat(RetryTrace.find(other).report().method()).isEqualTo("unrelated");
      RetryTrace.attach(shared, report("under the monitor"));
      assertThat(RetryTrace.find(shared).report().method()).isEqualTo("under the monitor");
    }
    blocked.join();
    assertThat(shared.getSuppressed()).hasSize(1);
    assertThat(RetryTrace.find(shared).report().method()).isEqualTo("blocked");
  }

  private static RetryReport report(String method) {
    return new RetryReport(method, 1, GiveUpReason.NOT_RETRYABLE, List.of());
  }
}
