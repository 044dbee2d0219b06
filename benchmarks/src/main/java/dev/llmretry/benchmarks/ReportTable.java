package dev.llmretry.benchmarks;

import java.util.List;
import java.util.Locale;

/** Puts what JMH measured into a table. */
final class ReportTable {

  private final Results results;
  private final Table table = new Table("  %-32s %8s %8s   %6s %8s   %6s   %s");

  private ReportTable(Results results) {
    this.results = results;
  }

  static Table of(Results results) {
    ReportTable report = new ReportTable(results);
    report.addHead();
    for (Scenario scenario : Scenario.values()) {
      for (Setting setting : Setting.values()) {
        report.addGroup(scenario, setting);
      }
    }
    return report.table;
  }

  private void addHead() {
    table.add(
        """

        ns/op: processor time per call, garbage collection included, in the fastest iteration of
               the fastest round; then of the median round. Where they differ much, the machine was
               busy.
        ratio: to the hand-written loop in the same group that promises the same, or where futures
               are returned, to the direct call: fastest to fastest, which is what counts, and
               median to median.

        """);
    table.addRow("", "ns/op", "(median)", "ratio", "(median)", "B/op", "target");
  }

  private void addGroup(Scenario scenario, Setting setting) {
    List<Case> cases =
        scenario.contenders().stream()
            .map(client -> new Case(scenario, setting, client))
            .filter(results::has)
            .toList();
    if (!cases.isEmpty()) {
      table.add("%n%s, %s%n", scenario.text(), setting.text());
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
      long more = bytes - results.bytes(measured.baseline());
      verdict = Target.of(measured).verdict(ratios.least(), bytes, more);
    }
    table.addRow(
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
}
