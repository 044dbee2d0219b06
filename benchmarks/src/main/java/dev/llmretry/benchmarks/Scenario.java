package dev.llmretry.benchmarks;

import java.util.Arrays;

/** What happens to a call. */
enum Scenario {
  SUCCESS("Success", SuccessBenchmark.class),
  TWO_FAILURES("Two failures, then success", TwoFailuresBenchmark.class),
  REFUSAL("Refusal", RefusalBenchmark.class);

  private final String text;
  private final Class<? extends ChatBenchmark> benchmark;

  Scenario(String text, Class<? extends ChatBenchmark> benchmark) {
    this.text = text;
    this.benchmark = benchmark;
  }

  String text() {
    return text;
  }

  /** Returns the scenario of the benchmark method of that full name. */
  static Scenario of(String method) {
    return Arrays.stream(values())
        .filter(scenario -> method.startsWith(scenario.benchmark.getName() + "."))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not in the table: " + method));
  }
}
