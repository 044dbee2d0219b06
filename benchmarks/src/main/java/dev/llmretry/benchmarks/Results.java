package dev.llmretry.benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was measured: a sample of each case from each round. */
final class Results {

  private final Map<Case, List<Sample>> samples = new HashMap<>();
  private String jdk = "";

  private Results() {}

  /** Reads all rounds from a file that JMH has written. */
  static Results read(Path file) throws IOException {
    Results results = new Results();
    for (JsonElement result : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
      results.add(result.getAsJsonObject());
    }
    return results;
  }

  private void add(JsonObject result) {
    jdk = result.get("jdkVersion").getAsString();
    Case measured = Case.of(result);
    samples
        .computeIfAbsent(measured, unused -> new ArrayList<>())
        .add(Sample.of(result, measured.scenario().isContended()));
  }

  /** Returns the version of the JDK. */
  String jdk() {
    return jdk;
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
