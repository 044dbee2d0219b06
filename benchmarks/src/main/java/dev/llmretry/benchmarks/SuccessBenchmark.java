package dev.llmretry.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The first attempt succeeds. */
public class SuccessBenchmark extends ChatBenchmark {

  @Param public Client client;

  public SuccessBenchmark() {
    super(new Provider.Healthy());
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
