package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.internal.jfr.RetryRecorder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a recording of the JDK's Flight Recorder contains. */
class FlightRecorderTest {

  @TempDir Path folder;

  private final FaultyEnvironment environment = new FaultyEnvironment();

  private List<RecordedEvent> recorded(Runnable calls) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      calls.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.llmretry." + name))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void failuresAreRecorded(RuntimeDriver driver) throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              CompletableFuture<String> call =
                  driver.call(
                      environment.runtime(),
                      FaultyEnvironment.UNTIMED,
                      environment.token,
                      environment.failing(9));
              assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
            });
    List<RecordedEvent> failures = named(events, "AttemptFailed");
    assertThat(failures)
        .extracting(event -> event.getInt("attempt"), event -> event.getBoolean("retried"))
        .containsExactly(tuple(1, true), tuple(2, true), tuple(3, false));
    assertThat(failures.get(1).getString("method")).isEqualTo("call");
    assertThat(failures.get(1).getString("kind")).isEqualTo("OVERLOADED");
    assertThat(failures.get(1).getDuration("delay")).hasMillis(200);
    assertThat(named(events, "CallGivenUp"))
        .extracting(event -> event.getString("reason"), event -> event.getInt("attempts"))
        .containsExactly(tuple("ATTEMPTS_EXHAUSTED", 3));
  }

  @Test
  void changesOfTheGateAndWaitsForItAreRecorded() throws IOException {
    Upstream upstream = Upstream.of("openai");
    RetryRuntime runtime = environment.runtime().toBuilder().upstream(upstream).build();
    RetryPolicy policy = RetryPolicy.builder("ask").build();
    var limited = new ProviderError(FailureKind.RATE_LIMITED, Duration.ofSeconds(5));
    List<RecordedEvent> events =
        recorded(
            () -> {
              CompletableFuture<String> call =
                  RuntimeDriver.BLOCKING.call(
                      runtime,
                      policy,
                      null,
                      attempt -> {
                        if (attempt.number() == 1) {
                          throw limited;
                        }
                        return "ok";
                      });
              assertThat(environment.errorOf(call)).isNull();
              upstream.pushback(Duration.ofSeconds(3));
              assertThat(
                      Retry.<String, RuntimeException>call(runtime, policy, null, attempt -> "ok"))
                  .isEqualTo("ok");
              upstream.reset();
            });
    assertThat(named(events, "GateChanged"))
        .extracting(
            event -> event.getString("upstream"),
            event -> event.getDuration("closedFor").toMillis(),
            event -> Double.isInfinite(event.getDouble("rate")))
        .containsExactly(
            tuple("openai", 5_000L, false),
            tuple("openai", 3_000L, false),
            tuple("openai", 0L, true));
    assertThat(named(events, "Waited"))
        .extracting(
            event -> event.getString("method"),
            event -> event.getString("upstream"),
            event -> event.getString("cause"),
            event -> event.getDuration("time").toMillis())
        .containsExactly(tuple("ask", "openai", "RATE_LIMIT", 3_000L));
  }

  @Test
  void withoutARecordingNothingIsAllocated() {
    Failure failure = Failure.of(FailureKind.SERVER, "busy");
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    record(failure); // loads the classes
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    long again = threads.getThreadAllocatedBytes(id);
    int calls = 1_000;
    for (int i = 0; i < calls; i++) {
      record(failure);
    }
    long after = threads.getThreadAllocatedBytes(id);
    // The JVM may allocate something once; the smallest object has eight bytes.
    assertThat(after - again - (again - before)).isLessThan(8L * calls);
  }

  private static void record(Failure failure) {
    RetryRecorder.attemptFailed("ask", 1, failure, 5, false);
    RetryRecorder.gaveUp("ask", 1, GiveUpReason.DEADLINE);
    RetryRecorder.waited("ask", Upstream.none(), WaitCause.RATE_LIMIT, 5);
    RetryRecorder.gateChanged(Upstream.none());
  }
}
