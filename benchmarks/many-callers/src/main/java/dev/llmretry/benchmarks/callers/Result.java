package dev.llmretry.benchmarks.callers;

import dev.llmretry.benchmarks.callers.policies.Policy;
import java.util.Map;

/** What became of the calls with one policy. */
record Result(Policy policy, Map<Measure, Double> figures) {

  Result {
    figures = Map.copyOf(figures);
  }

  double figure(Measure measure) {
    return figures.get(measure);
  }
}
