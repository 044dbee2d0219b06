package dev.llmretry.benchmarks.callers.provider;

import java.util.Random;

/** Log-normal latencies, the same ones in each run. */
final class Latency {

  private static final double SIGMA = 0.4;

  private final double mean;
  private final Random random = new Random(1);

  Latency(double mean) {
    this.mean = mean;
  }

  /** Returns the next latency, in seconds. */
  double next() {
    return mean * Math.exp(SIGMA * random.nextGaussian() - SIGMA * SIGMA / 2);
  }
}
