package dev.llmretry.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The first attempt fails, and no retry can help. */
public class RefusalBenchmark extends ChatBenchmark {

  @Param({
    "DIRECT",
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

  public RefusalBenchmark() {
    super(new Provider.Refusing());
  }

  @Override
  Client client() {
    return client;
  }

  /** Returns the exception, which JMH consumes. */
  @Benchmark
  public Object call() {
    try {
      return complete();
    } catch (IOException e) {
      return e;
    }
  }
}
