package dev.llmretry.benchmarks.waiting;

import dev.llmretry.benchmarks.Measurement;
import dev.llmretry.benchmarks.Table;
import dev.llmretry.benchmarks.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Puts what the probes found into tables. */
final class WaitingTable {

  private static final double MOST_LATE_MS = 10;

  private final List<WaitingResult> results;
  private final StringBuilder text = new StringBuilder();
  private final List<Verdict> verdicts = new ArrayList<>();

  private WaitingTable(List<WaitingResult> results) {
    this.results = results;
  }

  static Measurement of(List<WaitingResult> results) {
    WaitingTable waiting = new WaitingTable(results);
    waiting.text.append(Measurement.machine());
    results.stream().map(WaitingResult::calls).distinct().forEach(waiting::addGroup);
    return new Measurement(
        waiting.text.toString().replace(System.lineSeparator(), "\n"), waiting.verdicts);
  }

  private void addGroup(int calls) {
    Table table =
        new Table(
            "",
            "B/call",
            "threads",
            "(started)",
            "late, ms",
            "99 %",
            "max",
            "completed",
            "trouble");
    results.stream()
        .filter(result -> result.calls() == calls)
        .forEach(
            result -> {
              addRow(table, result);
              if (result.way().isHeldToTargets()) {
                judge(result);
              }
            });
    add("%n#### %,d calls waiting%n%n%s", calls, table);
  }

  private static void addRow(Table table, WaitingResult result) {
    Finding heap = result.heap();
    Finding punctuality = result.punctuality();
    List<String> troubles = new ArrayList<>();
    if (!heap.trouble().isEmpty()) {
      troubles.add("heap: " + heap.trouble());
    }
    if (!punctuality.trouble().isEmpty()) {
      troubles.add("punctuality: " + punctuality.trouble());
    } else if (!result.way().isAtGate() && punctuality.isLess("completed", result.calls())) {
      troubles.add("not all done after " + PunctualityProbe.LIMIT_SECONDS + " s");
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

  private void judge(WaitingResult result) {
    OptionalDouble bestPeer =
        results.stream()
            .filter(other -> other.calls() == result.calls() && other.way().isPeer())
            .filter(other -> other.heap().values().containsKey("bytes"))
            .mapToDouble(other -> other.heap().values().get("bytes"))
            .min();
    if (bestPeer.isEmpty()) {
      return;
    }
    Finding heap = result.heap();
    Finding punctuality = result.punctuality();
    verdicts.add(
        new Verdict(
            String.format(
                Locale.ROOT, "%s, %,d calls waiting", result.way().text(), result.calls()),
            String.format(
                Locale.ROOT,
                "< %.0f B/call (the best peer), 1 thread, 99 %% at most %.0f ms late",
                bestPeer.getAsDouble(),
                MOST_LATE_MS),
            String.format(
                Locale.ROOT,
                "%s B/call, %s threads, %s ms",
                heap.text("bytes"),
                heap.text("threads"),
                punctuality.millis("most")),
            heap.isLess("bytes", bestPeer.getAsDouble())
                && heap.isLess("threads", 2)
                && punctuality.isLess("most", MOST_LATE_MS)
                && !punctuality.isLess("completed", result.calls())));
  }

  private void add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }
}
