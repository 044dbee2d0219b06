package dev.llmretry.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The third attempt succeeds, without a wait before it. */
public class TwoFailuresBenchmark extends ChatBenchmark {

  @Param({
    "HAND_WRITTEN",
    "GENERATED",
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

  public TwoFailuresBenchmark() {
    super(new Provider.Flaky());
  }

  @Override
  Client client() {
    return client;
  }

  @Benchmark
  public String call() throws IOException {
    return complete();
  }
}
