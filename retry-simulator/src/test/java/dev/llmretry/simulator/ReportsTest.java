package dev.llmretry.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  private static final Scenario SCENARIO =
      new Scenario(
          "small </script> \"one\"",
          "A description",
          Provider.builder()
              .limit(Limit.requestsPerMinute(600, 10))
              .outage(Duration.ofSeconds(5), Duration.ofSeconds(2))
              .build(),
          Load.closed(10, 200));

  private final List<SimulationReport> reports =
      Simulation.of(SCENARIO)
          .seeds(3)
          .compare(
              Strategy.noRetries(),
              Strategy.alone().gauge("listeners", r -> r.listener() == null ? 0 : 1),
              Strategy.modelOfFullJitter(Duration.ofSeconds(1), 5));

  @Test
  void aRangeHasTheMedian() {
    assertThat(Range.of(DoubleStream.of(3, 1, 2))).isEqualTo(new Range(1, 2, 3));
    assertThat(Range.of(DoubleStream.of(Double.POSITIVE_INFINITY, 1)).median()).isInfinite();
  }

  @Test
  void assertionsHoldForAllSeeds() {
    SimulationReport report = reports.get(0);
    Range answered = report.range(Metric.ANSWERED);
    assertThat(answered.min()).isLessThan(answered.max());
    assertThatCode(() -> report.assertAtLeast(Metric.ANSWERED, answered.min()))
        .doesNotThrowAnyException();
    assertThatCode(() -> report.assertAtMost(Metric.ANSWERED, answered.max()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> report.assertAtLeast(Metric.ANSWERED, answered.max()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("answered should be at least " + answered.max())
        .hasMessageContaining("with seed")
        .hasMessageContaining("no retries");
    assertThatThrownBy(() -> report.assertAtMost(Metric.ANSWERED, answered.min()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("answered should be at most " + answered.min());
  }

  @Test
  void whatIsNotANumberFailsAnAssertion() {
    Scenario scenario = new Scenario("plain", "", Provider.builder().build(), Load.closed(1, 1));
    SimulationReport report = Simulation.of(scenario).run(Strategy.noRetries());
    assertThatThrownBy(() -> report.assertAtMost(Metric.RECOVERY, 10))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> report.assertAtLeast(Metric.RECOVERY, 10))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aTableHasARowForEachStrategy() {
    String text = TextReport.of(reports);
    assertThat(text.lines().toList())
        .hasSize(5)
        .element(1)
        .asString()
        .matches("policy +answered +requests per answer .* recovered after .*");
    assertThat(text).contains("no retries", "each call alone", "hint and full jitter (5)", "–");
  }

  @Test
  void aPageIsSelfContained(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("page.html");
    HtmlReport.write(file, reports);
    String page = Files.readString(file);
    assertThat(page).contains("uPlot=function", ".u-legend", "small \\u003c/script> \\u0022one");
    assertThat(page).doesNotContain("/*{", "src=", "<link", "@import", "url(", "fetch(");
    assertThat(page).contains("\"incidents\":[[5,7]]", "\"listeners\":[0,0", "\"model\":true");
  }

  @Test
  void longSeriesAreAveraged() throws IOException {
    Scenario scenario =
        new Scenario(
            "long",
            "",
            Provider.builder().latency(Duration.ofSeconds(1_500), 0).build(),
            Load.closed(1, 1));
    String page = HtmlReport.page(List.of(Simulation.of(scenario).run(Strategy.noRetries())));
    assertThat(page).contains("\"seconds\":[0,3,6,9,").contains(",1497],\"series\"");
  }
}
