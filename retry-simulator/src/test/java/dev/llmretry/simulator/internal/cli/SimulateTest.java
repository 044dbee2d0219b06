package dev.llmretry.simulator.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.simulator.Scenario;
import dev.llmretry.simulator.Scenarios;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new Simulate())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void withoutAScenarioAllAreListed() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains(Scenarios.all().stream().map(Scenario::name).toList())
        .contains(Policies.all().keySet());
  }

  @Test
  void comparesPolicies(@TempDir Path folder) {
    Path page = folder.resolve("page.html");
    assertThat(run("concurrency", "--policies", "none,alone", "--seeds", "2", "--html", "" + page))
        .isZero();
    assertThat(out.toString())
        .contains("concurrency: 2,000 calls", "no retries", "each call alone", page.toString())
        .doesNotContain("AWS");
    assertThat(page).isNotEmptyFile();
  }

  @Test
  void blockingCallsGiveTheSameTable() {
    assertThat(run("concurrency", "-p", "alone")).isZero();
    String futures = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("concurrency", "-p", "alone", "--driver", "BLOCKING")).isZero();
    assertThat(out.toString()).isEqualTo(futures);
  }

  @Test
  void unknownNamesAreReported() {
    assertThat(run("s0")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no scenario s0");
    assertThat(run("s1", "-p", "defaults,best")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no policy best");
  }
}
