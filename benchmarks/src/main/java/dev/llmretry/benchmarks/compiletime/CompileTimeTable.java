package dev.llmretry.benchmarks.compiletime;

import dev.llmretry.benchmarks.Measurement;
import dev.llmretry.benchmarks.Numbers;
import dev.llmretry.benchmarks.Table;
import dev.llmretry.benchmarks.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Puts what was measured into a table. */
final class CompileTimeTable {

  private static final double MOST_RATIO = 1.7;
  private static final double MOST_GROWTH = 1.2;
  private static final long MOST_JAR_BYTES = 200_000;
  private static final int LARGE = 5_000;

  private final Times times;

  private CompileTimeTable(Times times) {
    this.times = times;
  }

  static Measurement of(Times times) throws IOException {
    return new CompileTimeTable(times).measurement();
  }

  private Measurement measurement() throws IOException {
    Table table =
        new Table(
            "ms",
            "100 types",
            "1,000",
            "5,000",
            "ratio at 1,000",
            "growth",
            "1,000, new JVM",
            "ratio");
    for (Workload workload : Workload.values()) {
      for (Way way : Way.values()) {
        addRow(table, workload, way);
      }
    }
    return new Measurement(Measurement.machine() + "\n" + table, verdicts());
  }

  private void addRow(Table table, Workload workload, Way way) {
    List<Object> cells = new ArrayList<>();
    cells.add(way.text(workload));
    for (int size : CompileTime.SIZES) {
      cells.add(Numbers.whole(warm(workload, way, size)));
    }
    cells.add(Numbers.ratio(ratio(workload, way, Way.ALONE)));
    cells.add(Numbers.ratio(growth(workload, way)));
    cells.add(Numbers.whole(cold(workload, way)));
    cells.add(Numbers.ratio(cold(workload, way) / cold(workload, Way.ALONE)));
    table.addRow(cells.toArray());
  }

  private List<Verdict> verdicts() throws IOException {
    double asSources = ratio(Workload.LLM_RETRY, Way.PROCESSED, Way.AS_SOURCES);
    double growth = growth(Workload.LLM_RETRY, Way.PROCESSED);
    long bytes = Files.size(Jars.of(Jars.RUNTIME));
    return List.of(
        new Verdict(
            "javac with the processor / over the same wrappers as sources",
            "<= " + Numbers.ratio(MOST_RATIO),
            Numbers.ratio(asSources),
            asSources <= MOST_RATIO),
        new Verdict(
            "time per type, 5,000 / 1,000",
            "<= " + Numbers.ratio(MOST_GROWTH),
            Numbers.ratio(growth),
            growth <= MOST_GROWTH),
        new Verdict(
            Jars.RUNTIME,
            "< " + Numbers.whole(MOST_JAR_BYTES / 1e3) + " KB",
            Numbers.whole(bytes / 1e3) + " KB",
            bytes < MOST_JAR_BYTES));
  }

  private double warm(Workload workload, Way way, int size) {
    return times.median(new Times.Key(workload, way, size, false));
  }

  private double cold(Workload workload, Way way) {
    return times.median(new Times.Key(workload, way, CompileTime.MAIN_SIZE, true));
  }

  private double ratio(Workload workload, Way way, Way base) {
    return warm(workload, way, CompileTime.MAIN_SIZE) / warm(workload, base, CompileTime.MAIN_SIZE);
  }

  /** Returns how the time of one type grows with their number. */
  private double growth(Workload workload, Way way) {
    return warm(workload, way, LARGE)
        / LARGE
        / (warm(workload, way, CompileTime.MAIN_SIZE) / CompileTime.MAIN_SIZE);
  }
}
