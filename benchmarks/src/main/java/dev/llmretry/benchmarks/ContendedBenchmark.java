package dev.llmretry.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** The first attempt succeeds, and two threads share the client. */
@State(Scope.Benchmark)
@Threads(2)
public class ContendedBenchmark extends CallBenchmark {

  @Param("APART")
  public Setting setting;

  @Param({
    "DIRECT",
    "HAND_WRITTEN",
    "GENERATED",
    "GENERATED_SHARED",
    "GENERATED_AWAKE",
    "RETRY_CALL",
    "WOVEN",
    "FAILSAFE",
    "RESILIENCE4J",
    "SPRING_TEMPLATE",
    "SPRING",
    "SMALLRYE",
    "MICRONAUT",
    "GUAVA_RETRYING",
    "JCABI"
  })
  public Client client;

  private final String prompt = "Are you there?";
  private ChatClient target;

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    target = setting.around(new Provider.Healthy(), client);
  }

  @Benchmark
  public String call() throws IOException {
    return target.complete(prompt);
  }
}
