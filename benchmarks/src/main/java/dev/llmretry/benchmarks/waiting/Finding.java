package dev.llmretry.benchmarks.waiting;

import java.util.Locale;
import java.util.Map;

/**
 * What a JVM measured.
 *
 * @param values by name
 * @param trouble why some are missing; empty if none are
 */
record Finding(Map<String, Double> values, String trouble) {

  /** Of what was not measured. */
  static final Finding NONE = new Finding(Map.of(), "");

  /** Returns a number in words; a dash if it is missing. */
  String text(String name) {
    Double value = values.get(name);
    return value == null ? "-" : String.format(Locale.ROOT, "%,.0f", value);
  }

  /** As {@link #text}, for milliseconds. */
  String millis(String name) {
    Double value = values.get(name);
    if (value == null) {
      return "-";
    }
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  boolean isLess(String name, double than) {
    Double value = values.get(name);
    return value != null && value < than;
  }
}
