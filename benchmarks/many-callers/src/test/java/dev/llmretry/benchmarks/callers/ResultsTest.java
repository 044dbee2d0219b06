package dev.llmretry.benchmarks.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.benchmarks.callers.policies.Chat;
import dev.llmretry.benchmarks.callers.policies.Policy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static Result result(String name, double answered, double perAnswer, double perCall) {
    return new Result(
        new Policy(name, false, url -> () -> "an answer"),
        Map.of(
            Measure.ANSWERED, answered,
            Measure.REQUESTS_PER_ANSWER, perAnswer,
            Measure.REQUESTS_PER_CALL, perCall));
  }

  private final List<Result> results =
      List.of(result("one", 99.96, 1.25, 3), result("another", 0, Double.POSITIVE_INFINITY, 1));

  @Test
  void tablesAreMarkdown() {
    assertThat(ResultTable.of(List.of(Measure.ANSWERED, Measure.REQUESTS_PER_ANSWER), results))
        .isEqualTo(
            """
            | | answered, % | requests per answer |
            |---|--:|--:|
            | one | 100.0 | 1.25 |
            | another | 0.0 | never |
            """);
  }

  @Test
  void theChartHasAllPoliciesAndFigures() {
    assertThat(Chart.of(results, results))
        .contains("<svg", ">one<", ">another<", ">100.0<", ">1.25<", ">3.00<")
        .isEqualTo(Chart.of(results, results));
  }

  @Test
  void callsAreCountedByTheirEnd() {
    Chat failing =
        () -> {
          throw new IOException();
        };
    Calls answered = new Calls(() -> "an answer");
    Calls failed = new Calls(failing);

    assertThat(answered.make()).isTrue();
    assertThat(answered.answered()).isEqualTo(1);
    assertThat(answered.secondsOfSlowAnswer()).isBetween(0.0, 60.0);
    assertThat(failed.make()).isFalse();
    assertThat(failed.errors()).isEqualTo(Map.of("IOException", 1));
    assertThat(failed.secondsOfSlowAnswer()).isInfinite();
  }
}
