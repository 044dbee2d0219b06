package dev.llmretry.providertests.comparison;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of the table.
 *
 * @param title what goes wrong
 * @param alone what each SDK makes of it, by its name
 * @param wrapped what becomes of it behind the wrapper, by the SDK's name
 */
record Line(String title, Map<String, Result> alone, Map<String, Result> wrapped) {

  /** Returns the line in Markdown. Behind the wrapper, what holds for most SDKs is said once. */
  String toMarkdown() {
    List<String> cells = new ArrayList<>(List.of(title));
    alone.values().forEach(result -> cells.add(result.toString()));
    cells.add(summary());
    return markdown(cells);
  }

  static String markdown(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String summary() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    wrapped.forEach(
        (name, result) ->
            names.computeIfAbsent(result.toString(), text -> new ArrayList<>()).add(name));
    String most =
        Collections.max(names.entrySet(), comparingInt(entry -> entry.getValue().size())).getKey();
    StringBuilder summary = new StringBuilder(most);
    names.remove(most);
    names.forEach(
        (text, others) ->
            summary.append("; ").append(String.join(", ", others)).append(": ").append(text));
    return summary.toString();
  }
}
