package dev.llmretry.benchmarks.waiting;

import dev.llmretry.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;

/** Puts what the probes found into a table. */
final class WaitingTable {

  private final Table table = new Table("  %-35s %7s  %8s %9s  %8s %8s %8s  %9s  %s");

  private WaitingTable() {}

  static Table of(List<WaitingResult> results) {
    WaitingTable waiting = new WaitingTable();
    waiting.addHead();
    results.stream()
        .map(WaitingResult::calls)
        .distinct()
        .forEach(calls -> waiting.addGroup(calls, results));
    return waiting.table;
  }

  private void addHead() {
    table.add(
        """

        JDK %s, %d processors

        B/call:  used heap per waiting call, its future included, what its caller holds not.
        threads: more than before, while all wait; and how many are started until all are done.
        late:    by how many ms the second attempt comes after its time, where the calls fall due
                 one by one in the course of 10 s; the median, 99 %% and the last of those that are
                 done.

        """,
        Runtime.version(), Runtime.getRuntime().availableProcessors());
    table.addRow("", "B/call", "threads", "(started)", "late ms", "99 %", "max", "completed", "");
  }

  private void addGroup(int calls, List<WaitingResult> results) {
    table.add("%n%,d calls waiting%n", calls);
    results.stream().filter(result -> result.calls() == calls).forEach(this::addRow);
  }

  private void addRow(WaitingResult result) {
    Finding heap = result.heap();
    Finding punctuality = result.punctuality();
    List<String> troubles = new ArrayList<>();
    if (!heap.trouble().isEmpty()) {
      troubles.add("heap: " + heap.trouble());
    }
    if (!punctuality.trouble().isEmpty()) {
      troubles.add("punctuality: " + punctuality.trouble());
    } else if (punctuality.isLess("completed", result.calls())) {
      troubles.add("NOT ALL DONE after " + PunctualityProbe.LIMIT_SECONDS + " s");
    }
    table.addRow(
        result.way().text(),
        heap.text("bytes"),
        heap.text("threads"),
        "(" + punctuality.text("started") + ")",
        punctuality.millis("median"),
        punctuality.millis("most"),
        punctuality.millis("max"),
        punctuality.text("completed"),
        String.join("; ", troubles));
  }
}
