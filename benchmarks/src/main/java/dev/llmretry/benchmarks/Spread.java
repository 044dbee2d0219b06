package dev.llmretry.benchmarks;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What several measurements of one thing have in common. */
public record Spread(double least, double median) {

  static final Spread NONE = new Spread(Double.NaN, Double.NaN);

  public static Spread of(DoubleStream numbers) {
    double[] sorted = numbers.toArray();
    Arrays.sort(sorted);
    return new Spread(sorted[0], sorted[sorted.length / 2]);
  }
}
