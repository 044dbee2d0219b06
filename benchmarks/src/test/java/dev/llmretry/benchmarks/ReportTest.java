package dev.llmretry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class ReportTest {

  @Test
  void measuresWhatItsTablesHaveRowsFor() throws Exception {
    assertThat(Report.round(new CommandLineOptions()).getIncludes())
        .hasSameSizeAs(Scenario.values())
        .allSatisfy(method -> assertThat(Scenario.of(method)).isNotNull());
  }

  @Test
  void measuresWhatItIsTold() throws Exception {
    assertThat(Report.round(new CommandLineOptions("TwoFailures")).getIncludes())
        .containsExactly("TwoFailures");
  }
}
