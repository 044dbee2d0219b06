package dev.llmretry.benchmarks;

import dev.llmretry.micrometer.RetryMeters;
import dev.llmretry.opentelemetry.RetryTracing;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryRuntime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The first attempt succeeds, and somebody watches. */
public class ObservedBenchmark extends CallBenchmark {

  /** Who watches. */
  public enum Observer {
    /** Flight Recorder could be switched on at any time. */
    NONE,
    /** A listener that does nothing. */
    LISTENER,
    /** Meters of Micrometer, in memory. */
    METERS,
    /** Events of the current span of OpenTelemetry; there is none. */
    TRACING;

    private RetryRuntime runtime() {
      RetryRuntime.Builder runtime = RetryRuntime.builder();
      return switch (this) {
        case NONE -> runtime.build();
        case LISTENER -> runtime.listener(new RetryListener() {}).build();
        case METERS -> runtime.listener(new RetryMeters(new SimpleMeterRegistry())).build();
        case TRACING -> runtime.listener(new RetryTracing()).build();
      };
    }
  }

  @Param public Observer observer;

  private final String prompt = "Are you there?";
  private ChatClient target;

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    target = new RetryingChatClient(new ApartDelegate(new Provider.Healthy()), observer.runtime());
  }

  @Benchmark
  public String call() throws IOException {
    return target.complete(prompt);
  }
}
