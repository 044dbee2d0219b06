package dev.llmretry.benchmarks.compiletime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long compilations took, in milliseconds. */
final class Times {

  /** One thing that was measured. */
  record Key(Workload workload, Way way, int types, boolean isNewJvm) {}

  private final Map<Key, List<Double>> millis = new HashMap<>();

  void add(Key key, long nanos) {
    millis.computeIfAbsent(key, unused -> new ArrayList<>()).add(nanos / 1e6);
  }

  double median(Key key) {
    List<Double> sorted = millis.get(key).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
