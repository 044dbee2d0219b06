package dev.llmretry.benchmarks;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What one JVM measured.
 *
 * @param nanos processor time per call, in the fastest iteration
 * @param bytes allocated per call
 */
record Sample(double nanos, double bytes) {

  static Sample of(RunResult result) {
    return new Sample(
        result.getBenchmarkResults().stream()
            .mapToDouble(Sample::fastest)
            .min()
            .orElseThrow(
                () -> new IllegalStateException("Nothing measured: " + result.getParams())),
        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
  }

  private static double fastest(BenchmarkResult jvm) {
    return jvm.getIterationResults().stream()
        .map(iteration -> iteration.getSecondaryResults().get(CpuTimeProfiler.NAME))
        .mapToDouble(time -> time.getScore())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
