package dev.llmretry.simulator;

import java.util.Locale;

/** Figures as text. */
final class Figures {

  private Figures() {}

  /** Returns the median, and the range in brackets if it differs. */
  static String format(Metric metric, SimulationReport report) {
    String range = range(metric, report);
    return median(metric, report) + (range.isEmpty() ? "" : " (" + range + ")");
  }

  /** Returns the median, with its unit. */
  static String median(Metric metric, SimulationReport report) {
    double median = report.range(metric).median();
    boolean bare = Double.isNaN(median) || Double.isInfinite(median) || metric.unit().isEmpty();
    return format(median) + (bare ? "" : " " + metric.unit());
  }

  /** Returns the least and the greatest value; an empty string if they are the same. */
  static String range(Metric metric, SimulationReport report) {
    Range range = report.range(metric);
    String least = format(range.min());
    String most = format(range.max());
    return least.equals(most) ? "" : least + "–" + most;
  }

  private static String format(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return "never";
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%.0f" : "%.2f", value);
  }
}
