package dev.llmretry.benchmarks.callers;

import java.util.Locale;

/** What is measured: a column of a table. */
enum Measure {
  ANSWERED("answered, %", "%.1f"),
  REQUESTS_PER_ANSWER("requests per answer", "%.2f"),
  SECONDS("time, s", "%.1f"),
  END_TO_IDEAL("time / ideal", "%.2f"),
  REFUSED("refused", "%,.0f"),
  REQUESTS_PER_CALL("requests per call, while down", "%.2f"),
  RECOVERY("recovered after, s", "%.0f"),
  REQUESTS_WHILE_DOWN("requests per second, while down", "%.1f"),
  REQUESTS("requests per call", "%.3f"),
  MEDIAN_ANSWER("half of answers within, s", "%.2f"),
  SLOW_ANSWER("99 % of answers within, s", "%.1f");

  private final String text;
  private final String format;

  Measure(String text, String format) {
    this.text = text;
    this.format = format;
  }

  String text() {
    return text;
  }

  String format(double value) {
    return Double.isInfinite(value) ? "never" : String.format(Locale.ROOT, format, value);
  }
}
