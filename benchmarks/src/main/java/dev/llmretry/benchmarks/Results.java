package dev.llmretry.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** What was measured: a sample of each case from each round. */
final class Results {

  private final Map<Case, List<Sample>> samples = new HashMap<>();

  /** Adds a round. */
  void add(Collection<RunResult> round) {
    for (RunResult result : round) {
      samples
          .computeIfAbsent(Case.of(result.getParams()), unused -> new ArrayList<>())
          .add(Sample.of(result));
    }
  }

  boolean has(Case measured) {
    return samples.containsKey(measured);
  }

  Spread nanos(Case measured) {
    return Spread.of(samples.get(measured).stream().mapToDouble(Sample::nanos));
  }

  /** Returns the bytes allocated per call; less than half a byte is JMH's own. */
  long bytes(Case measured) {
    return Math.round(
        Spread.of(samples.get(measured).stream().mapToDouble(Sample::bytes)).median());
  }

  /** Returns how many times as long as its baseline a case takes. */
  Spread ratio(Case measured) {
    Spread mine = nanos(measured);
    Spread base = nanos(measured.baseline());
    return new Spread(mine.least() / base.least(), mine.median() / base.median());
  }
}
