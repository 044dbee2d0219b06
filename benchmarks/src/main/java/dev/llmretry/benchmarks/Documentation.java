package dev.llmretry.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders what has been measured: writes the generated parts of {@code docs/performance.md}, which
 * stand between two comments each, and the chart beside it. What has not been measured stays as it
 * is.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.Documentation
 * }</pre>
 */
public final class Documentation {

  private static final Path TEXT = Path.of("docs/performance.md");
  private static final Path CHART = Path.of("docs/performance.svg");
  private static final List<Integer> JDKS = List.of(25, 17);
  private static final int MAIN_JDK = 25;
  private static final List<String> OTHERS = List.of("waiting", "compile-time", "start-up");

  private final Map<String, Measurement> measurements = new LinkedHashMap<>();

  private Documentation() {}

  public static void main(String... args) throws IOException {
    Documentation documentation = new Documentation();
    documentation.readCalls();
    documentation.readOthers();
    Files.writeString(TEXT, render(Files.readString(TEXT), documentation.measurements));
  }

  private void readCalls() throws IOException {
    for (int jdk : JDKS) {
      String name = "calls-" + jdk;
      Path file = ResultFiles.of(name + ".json");
      if (Files.exists(file)) {
        Results results = Results.read(file);
        measurements.put(name, ReportTable.of(results));
        if (jdk == MAIN_JDK) {
          Files.writeString(CHART, Chart.of(results), UTF_8);
        }
      }
    }
  }

  private void readOthers() throws IOException {
    for (String name : OTHERS) {
      Path file = ResultFiles.of(name + ".json");
      if (Files.exists(file)) {
        measurements.put(name, Measurement.read(file));
      }
    }
  }

  /** Returns {@code text} with what was measured, by name. */
  static String render(String text, Map<String, Measurement> measurements) {
    String rendered = text;
    for (Map.Entry<String, Measurement> measured : measurements.entrySet()) {
      String name = measured.getKey();
      rendered = GeneratedPart.replace(rendered, name, measured.getValue().text());
      List<Verdict> verdicts = measured.getValue().verdicts();
      if (!verdicts.isEmpty()) {
        rendered = GeneratedPart.replace(rendered, name + "-targets", table(verdicts));
      }
    }
    return rendered;
  }

  private static String table(List<Verdict> verdicts) {
    Table table = new Table("", "target", "measured", "");
    for (Verdict verdict : verdicts) {
      table.addRow(verdict.what(), verdict.target(), verdict.measured(), verdict.word());
    }
    return table.toString();
  }
}
