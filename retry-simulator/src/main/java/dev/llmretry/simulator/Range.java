package dev.llmretry.simulator;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The values of a figure in several simulations.
 *
 * @param min the least
 * @param median the median; of an even number of values, the upper of the two in the middle
 * @param max the greatest
 */
public record Range(double min, double median, double max) {

  static Range of(DoubleStream values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    return new Range(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }
}
