package dev.llmretry.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Results as a table of text. */
public final class TextReport {

  private TextReport() {}

  /**
   * {@return a table with a row for each strategy: medians, and the range over the seeds in
   * brackets}
   *
   * @param reports the results of one scenario
   */
  public static String of(List<SimulationReport> reports) {
    Scenario scenario = reports.get(0).scenario();
    List<Metric> metrics = metrics(reports);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("policy"));
    metrics.forEach(metric -> head.add(metric.label()));
    rows.add(head);
    for (SimulationReport report : reports) {
      List<String> row = new ArrayList<>(List.of(report.strategy().name()));
      metrics.forEach(metric -> row.add(Figures.format(metric, report)));
      rows.add(row);
    }
    StringBuilder text = new StringBuilder();
    text.append(scenario.name()).append(": ").append(scenario.description());
    rows.forEach(row -> append(text.append(System.lineSeparator()), row, widths(rows)));
    return text.append(System.lineSeparator()).toString();
  }

  /** Leaves out what applies to none of them. */
  static List<Metric> metrics(List<SimulationReport> reports) {
    return Arrays.stream(Metric.values())
        .filter(
            metric ->
                reports.stream().anyMatch(report -> !Double.isNaN(report.range(metric).median())))
        .toList();
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      Arrays.setAll(widths, column -> Math.max(widths[column], row.get(column).length()));
    }
    return widths;
  }

  private static void append(StringBuilder text, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row.get(column))
          .append(" ".repeat(widths[column] - row.get(column).length() + 2));
    }
    text.append(line.toString().stripTrailing());
  }
}
