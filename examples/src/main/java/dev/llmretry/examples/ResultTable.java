package dev.llmretry.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The results of all scenarios, side by side. */
final class ResultTable {

  private static final int WIDTH = 34;
  private static final String ROW = " %2s  %-" + WIDTH + "s  %-15s  %-15s  %8s  %6s  %s";

  private final List<String> rows = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int failed;

  /** Returns the number of the scenario whose result comes next. */
  int nextNumber() {
    return rows.size() + 1;
  }

  void add(Scenario scenario, Outcome outcome) {
    addRow(
        scenario.title(),
        scenario.expected().ending(),
        outcome.ending(),
        outcome.attempts(),
        Text.seconds(outcome.waited()),
        scenario.expected().complaintsAbout(outcome));
  }

  void add(CrowdScenario scenario, CrowdOutcome outcome) {
    addRow(
        scenario.title(),
        scenario.expected(),
        outcome.answers() + " answers",
        outcome.requests(),
        "",
        scenario.complaintsAbout(outcome));
  }

  private void addRow(
      String title, String expected, String got, int attempts, String waited, List<String> wrong) {
    String number = Integer.toString(nextNumber());
    rows.add(
        Text.format(
            ROW,
            number,
            Text.fit(title, WIDTH),
            expected,
            got,
            attempts,
            waited,
            wrong.isEmpty() ? "OK" : "FAILED"));
    if (!wrong.isEmpty()) {
      failed++;
      complaints.add("FAILED: " + number + " " + String.join("; ", wrong));
    }
  }

  boolean allAsExpected() {
    return failed == 0;
  }

  void print(PrintStream out) {
    String head =
        Text.format(ROW, "", "scenario", "expected", "got", "attempts", "waited", "result");
    out.println(head);
    out.println("-".repeat(head.length()));
    rows.forEach(out::println);
    out.println("-".repeat(head.length()));
    out.println(
        Text.format(
            "%d of %d as expected. \"Unauthorized\" stands for UnauthorizedException, and so on.",
            rows.size() - failed, rows.size()));
    complaints.forEach(out::println);
  }
}
