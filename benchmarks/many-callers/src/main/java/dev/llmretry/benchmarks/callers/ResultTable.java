package dev.llmretry.benchmarks.callers;

import java.util.List;
import java.util.stream.Collectors;

/** Renders results in Markdown. */
final class ResultTable {

  private ResultTable() {}

  static String of(List<Measure> measures, List<Result> results) {
    StringBuilder table = new StringBuilder("| |");
    measures.forEach(measure -> table.append(' ').append(measure.text()).append(" |"));
    table.append("\n|---|").append("--:|".repeat(measures.size())).append('\n');
    for (Result result : results) {
      table.append(
          measures.stream()
              .map(measure -> measure.format(result.figure(measure)))
              .collect(Collectors.joining(" | ", "| " + result.policy().name() + " | ", " |\n")));
    }
    return table.toString();
  }
}
