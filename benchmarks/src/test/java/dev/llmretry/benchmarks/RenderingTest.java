package dev.llmretry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class RenderingTest {

  /** Two rounds of JMH's results, as far as they are read. */
  private static final List<String> ROUNDS =
      List.of(
          result("Success", "DIRECT", "[2.0, 2.2]", 0),
          result("Success", "HAND_WRITTEN", "[2.5, 2.6]", 0),
          result("Success", "HAND_WRITTEN", "[2.9, 2.7]", 0),
          result("Success", "GENERATED", "[3.5, 3.6]", 0.001),
          result("Success", "FAILSAFE", "[125.0, 130.0]", 440),
          result("TwoFailures", "HAND_WRITTEN", "[1700.0]", 700),
          result("TwoFailures", "GENERATED", "[1800.0]", 900));

  @TempDir private Path directory;

  private static String result(String scenario, String client, String nanos, double bytes) {
    return """
        {"benchmark": "dev.llmretry.benchmarks.%sBenchmark.call", "jdkVersion": "25.0.3",
         "params": {"setting": "APART", "client": "%s"},
         "secondaryMetrics": {
           "cpu.time.norm": {"rawData": [%s]}, "gc.alloc.rate.norm": {"score": %s}}}
        """
        .formatted(scenario, client, nanos, bytes);
  }

  private Results results() throws IOException {
    Path file = directory.resolve("calls.json");
    Files.writeString(file, "[" + String.join(",", ROUNDS) + "]");
    return Results.read(file);
  }

  @Test
  void tablesTellCostsRatiosAndTargets() throws IOException {
    Measurement report = ReportTable.of(results());

    assertThat(report.text())
        .isEqualTo(
            """
            JDK 25.0.3

            #### Success, delegate not inlined

            |                   | ns/op | (median) | ratio | (median) | B/op | target                   |
            | ----------------- | ----: | -------: | ----: | -------: | ---: | ------------------------ |
            | direct call       |  2.00 |   (2.00) |  0.80 |   (0.74) |    0 |                          |
            | hand-written loop |  2.50 |   (2.70) |       |          |    0 |                          |
            | generated wrapper |  3.50 |   (3.50) |  1.40 |   (1.30) |    0 | <= 1.25, 0 B: **missed** |
            | Failsafe          |   125 |    (125) | 50.00 |  (46.30) |  440 |                          |

            #### Two failures, then success, delegate not inlined

            |                   | ns/op | (median) | ratio | (median) | B/op | target       |
            | ----------------- | ----: | -------: | ----: | -------: | ---: | ------------ |
            | hand-written loop | 1,700 |  (1,700) |       |          |  700 |              |
            | generated wrapper | 1,800 |  (1,800) |  1.06 |   (1.06) |  900 | <= 1.25: met |
            """);
    assertThat(report.verdicts())
        .containsExactly(
            new Verdict(
                "generated wrapper, success, delegate not inlined",
                "<= 1.25, 0 B",
                "1.40, 0 B",
                false),
            new Verdict(
                "generated wrapper, two failures, then success, delegate not inlined",
                "<= 1.25",
                "1.06",
                true));
  }

  @Test
  void theChartIsXmlWithALabelledBarForEachFigure() throws Exception {
    String svg = Chart.of(results());

    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    int page = 1;
    assertThat(parsed.getElementsByTagName("rect").getLength()).isEqualTo(page + 6);
    assertThat(svg)
        .contains(">Failsafe</text>", ">125 ns, 440 B</text>", "prefers-color-scheme: dark");
  }

  @Test
  void barsGrowWithTheLogarithm() throws IOException {
    List<Double> widths =
        Chart.of(results())
            .lines()
            .filter(line -> line.startsWith("<rect") && line.contains("rx="))
            .map(line -> Double.valueOf(line.replaceAll(".* width=\"([\\d.]+)\".*", "$1")))
            .toList();

    double decade = 480.0 / 3; // the panel reaches from 1 ns to 1,000 ns
    assertThat(widths.get(1)).isCloseTo(decade * Math.log10(2.5), within());
    assertThat(widths.get(3)).isCloseTo(decade * Math.log10(125), within());
  }

  private static Offset<Double> within() {
    return Offset.offset(0.06);
  }

  @Test
  void aGeneratedPartIsReplacedAndNothingElse() {
    String document = "before\n<!-- generated: x -->\nold\n<!-- end of x -->\nafter\n";

    String once = GeneratedPart.replace(document, "x", "new\n");

    assertThat(once)
        .isEqualTo("before\n<!-- generated: x -->\n\nnew\n\n<!-- end of x -->\nafter\n");
    assertThat(GeneratedPart.replace(once, "x", "new\n")).isEqualTo(once);
  }

  @Test
  void aPartThatIsMissingIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GeneratedPart.replace("nothing\n", "x", "new\n"))
        .withMessageContaining("x");
  }

  @Test
  void theDocumentHasAllParts() throws IOException {
    Verdict verdict = new Verdict("what", "target", "measured", true);
    Map<String, Measurement> measurements =
        Stream.of("calls-25", "calls-17", "waiting", "compile-time")
            .collect(
                Collectors.toMap(
                    name -> name, name -> new Measurement("of " + name + "\n", List.of(verdict))));
    measurements.put("start-up", new Measurement("of start-up\n", List.of()));

    String rendered =
        Documentation.render(Files.readString(Path.of("../docs/performance.md")), measurements);

    assertThat(rendered)
        .contains("of calls-25\n", "of calls-17\n", "of waiting\n", "of compile-time\n")
        .contains("of start-up\n", "| what | target | measured | met |");
  }
}
