package dev.llmretry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  private final ResultTable table = new ResultTable();

  private static Scenario scenario(Expectation expected) {
    return Scenario.of("a title", "", Call.COMPLETE, expected);
  }

  private String printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsAsExpectedIsOk() {
    table.add(
        scenario(Expectation.answer(2).waiting(100)),
        new Outcome(Outcome.ANSWER, 2, 2, Duration.ofMillis(101)));

    assertThat(table.allAsExpected()).isTrue();
    assertThat(printed()).contains("OK", "1 of 1 as expected").doesNotContain("FAILED");
  }

  @Test
  void whatIsNotIsExplained() {
    table.add(
        scenario(Expectation.answer(2).waiting(100)),
        new Outcome("Server", 4, 5, Duration.ofMillis(99)));
    table.add(
        scenario(Expectation.answer(1)), new Outcome(Outcome.ANSWER, 1, 1, Duration.ofSeconds(3)));

    assertThat(table.allAsExpected()).isFalse();
    assertThat(printed())
        .contains("0 of 2 as expected")
        .contains("ended with Server instead of answer", "took 4 attempts instead of 2")
        .contains("sent 5 requests", "waited less than 0.10 s", "waited more than 0.00 s");
  }

  @Test
  void whatBecomesOfManyCallersIsCompared() {
    CrowdScenario all = CrowdScenario.all().get(2);
    table.add(all, new CrowdOutcome(60, 0, Set.of(), 83));
    table.add(all, new CrowdOutcome(58, 2, Set.of(), 90));

    assertThat(table.allAsExpected()).isFalse();
    assertThat(printed())
        .contains("60 answers", "58 answers", "1 of 2 as expected")
        .contains("FAILED: 2 answered 58 calls instead of at least 60");
  }

  @Test
  void whatIsDeliveredTwiceIsAComplaint() {
    table.add(
        scenario(Expectation.answer(1).delivering("hello")),
        new Outcome(Outcome.ANSWER, 1, 1, Duration.ZERO, "hello hello"));

    assertThat(printed()).contains("delivered \"hello hello\" instead of \"hello\"");
  }

  @Test
  void linesAreNoLongerThanATerminal() {
    for (Scenario scenario : Scenarios.all()) {
      table.add(scenario, new Outcome("ProviderTimeout", 4, 4, Duration.ofSeconds(10)));
    }
    for (CrowdScenario scenario : CrowdScenario.all()) {
      table.add(scenario, new CrowdOutcome(60, 0, Set.of(), 240));
    }
    assertThat(printed().lines().filter(line -> !line.startsWith("FAILED: ")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
