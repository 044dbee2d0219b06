package dev.llmretry.benchmarks;

import java.util.Arrays;
import java.util.List;

/** What happens to a call. */
enum Scenario {
  SUCCESS("Success", SuccessBenchmark.class, "call"),
  TWO_FAILURES("Two failures, then success", TwoFailuresBenchmark.class, "call"),
  REFUSAL("Refusal", RefusalBenchmark.class, "call"),
  CONTENDED("Success, 2 threads share the client", ContendedBenchmark.class, "call"),
  VIRTUAL(
      "Success, 10,000 virtual threads share the client", VirtualThreadsBenchmark.class, "calls"),
  ASYNC_COMPLETE("Success, future complete at once", AsyncSuccessBenchmark.class, "complete"),
  ASYNC_PENDING("Success, future completed later", AsyncSuccessBenchmark.class, "pending");

  private final String text;
  private final String method;

  Scenario(String text, Class<? extends CallBenchmark> benchmark, String method) {
    this.text = text;
    this.method = benchmark.getName() + "." + method;
  }

  String text() {
    return text;
  }

  /** Returns the full name of the benchmark method. */
  String method() {
    return method;
  }

  /** Returns whether threads may wait for one another, which takes no processor time. */
  boolean isContended() {
    return this == CONTENDED || this == VIRTUAL;
  }

  /** Returns all that may be measured. */
  List<Contender> contenders() {
    return switch (this) {
      case SUCCESS, TWO_FAILURES, REFUSAL, CONTENDED, VIRTUAL -> List.of(Client.values());
      case ASYNC_COMPLETE, ASYNC_PENDING -> List.of(AsyncClient.values());
    };
  }

  /** Returns the one of that name in JMH's parameter. */
  Contender contender(String name) {
    return contenders().stream()
        .filter(contender -> contender.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not in the table: " + name));
  }

  /** Returns the scenario of the benchmark method of that full name. */
  static Scenario of(String method) {
    return Arrays.stream(values())
        .filter(scenario -> method.equals(scenario.method))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not in the table: " + method));
  }
}
