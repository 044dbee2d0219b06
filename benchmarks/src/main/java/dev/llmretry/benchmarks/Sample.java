package dev.llmretry.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What one JVM measured.
 *
 * @param nanos time per call, in the fastest iteration
 * @param bytes allocated per call
 */
record Sample(double nanos, double bytes) {

  /**
   * Reads a result as JMH writes it.
   *
   * @param onWall whether the time on the wall counts, not that of the processor
   */
  static Sample of(JsonObject result, boolean onWall) {
    JsonObject metrics = result.getAsJsonObject("secondaryMetrics");
    return new Sample(
        fastest(
            onWall
                ? result.getAsJsonObject("primaryMetric")
                : metrics.getAsJsonObject(CpuTimeProfiler.NAME)),
        metrics.getAsJsonObject("gc.alloc.rate.norm").get("score").getAsDouble());
  }

  private static double fastest(JsonObject metric) {
    double least = Double.POSITIVE_INFINITY;
    for (JsonElement jvm : metric.getAsJsonArray("rawData")) {
      JsonArray iterations = jvm.getAsJsonArray();
      for (JsonElement nanos : iterations) {
        least = Math.min(least, nanos.getAsDouble());
      }
    }
    return least;
  }
}
