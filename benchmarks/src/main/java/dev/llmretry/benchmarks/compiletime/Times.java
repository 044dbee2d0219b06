package dev.llmretry.benchmarks.compiletime;

import dev.llmretry.benchmarks.Spread;
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
    return Spread.of(millis.get(key).stream().mapToDouble(time -> time)).median();
  }
}
