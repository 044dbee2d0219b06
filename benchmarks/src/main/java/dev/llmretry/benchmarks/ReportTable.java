package dev.llmretry.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Puts what JMH measured into tables. */
final class ReportTable {

  private final Results results;
  private final StringBuilder text = new StringBuilder();
  private final List<Verdict> verdicts = new ArrayList<>();

  private ReportTable(Results results) {
    this.results = results;
  }

  static Measurement of(Results results) {
    ReportTable report = new ReportTable(results);
    report.text.append("JDK ").append(results.jdk()).append('\n');
    for (Scenario scenario : Scenario.values()) {
      for (Setting setting : Setting.values()) {
        report.addGroup(scenario, setting);
      }
    }
    return new Measurement(report.text.toString(), report.verdicts);
  }

  private void addGroup(Scenario scenario, Setting setting) {
    List<Case> cases =
        scenario.contenders().stream()
            .map(client -> new Case(scenario, setting, client))
            .filter(results::has)
            .toList();
    if (cases.isEmpty()) {
      return;
    }
    Table table = new Table("", "ns/op", "(median)", "ratio", "(median)", "B/op", "target");
    cases.forEach(measured -> addRow(table, measured));
    text.append(
        String.format("%n#### %s, %s%n%n%s", scenario.text(), setting.text(), table)
            .replace(System.lineSeparator(), "\n"));
  }

  private void addRow(Table table, Case measured) {
    Spread nanos = results.nanos(measured);
    boolean isCompared = !measured.isBaseline() && results.has(measured.baseline());
    Spread ratio = isCompared ? results.ratio(measured) : Spread.NONE;
    table.addRow(
        measured.client().text(),
        Numbers.nanos(nanos.least()),
        "(" + Numbers.nanos(nanos.median()) + ")",
        isCompared ? Numbers.ratio(ratio.least()) : "",
        isCompared ? "(" + Numbers.ratio(ratio.median()) + ")" : "",
        results.bytes(measured),
        isCompared ? judge(measured, ratio.least()) : "");
  }

  private String judge(Case measured, double ratio) {
    Target target = Target.of(measured);
    if (target.isNone()) {
      return "";
    }
    long bytes = results.bytes(measured);
    long directBytes = results.has(measured.direct()) ? results.bytes(measured.direct()) : 0;
    Verdict verdict = target.verdict(measured, ratio, bytes, bytes - directBytes);
    verdicts.add(verdict);
    return verdict.besideFigure();
  }
}
