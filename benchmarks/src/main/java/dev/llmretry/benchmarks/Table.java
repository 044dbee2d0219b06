package dev.llmretry.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints results for people. */
final class Table {

  private static final String ROW = "  %-32s %8s %8s   %6s %8s   %6s   %s%n";

  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private Table(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Table table = new Table(results);
    table.addHead();
    for (Scenario scenario : Scenario.values()) {
      for (Setting setting : Setting.values()) {
        table.addGroup(scenario, setting);
      }
    }
    return table.text.toString();
  }

  private void addHead() {
    add(
        """

        ns/op: processor time per call, garbage collection included, in the fastest iteration of
               the fastest round; then of the median round. Where they differ much, the machine was
               busy.
        ratio: to the hand-written loop in the same group that promises the same: fastest to
               fastest, which is what counts, and median to median.

        """);
    add(ROW, "", "ns/op", "(median)", "ratio", "(median)", "B/op", "target");
  }

  private void addGroup(Scenario scenario, Setting setting) {
    List<Case> cases =
        Stream.of(Client.values())
            .map(client -> new Case(scenario, setting, client))
            .filter(results::has)
            .toList();
    if (!cases.isEmpty()) {
      add("%n%s, %s%n", scenario.text(), setting.text());
      cases.forEach(this::addRow);
    }
  }

  private void addRow(Case measured) {
    Spread nanos = results.nanos(measured);
    long bytes = results.bytes(measured);
    String ratio = "";
    String medianRatio = "";
    String verdict = "";
    if (!measured.isBaseline() && results.has(measured.baseline())) {
      Spread ratios = results.ratio(measured);
      ratio = String.format(Locale.ROOT, "%.2f", ratios.least());
      medianRatio = String.format(Locale.ROOT, "(%.2f)", ratios.median());
      verdict = Target.of(measured).verdict(ratios.least(), bytes);
    }
    add(
        ROW,
        measured.client().text(),
        time(nanos.least()),
        "(" + time(nanos.median()) + ")",
        ratio,
        medianRatio,
        bytes,
        verdict);
  }

  /** A large number only looks exact with a fraction. */
  private static String time(double nanos) {
    return String.format(Locale.ROOT, nanos < 100 ? "%.2f" : "%.0f", nanos);
  }

  private void add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }
}
