package dev.llmretry.providertests.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prints, in Markdown, what SDKs do about failures by themselves, and what becomes of those with
 * LlmRetry around the SDK. Takes half a minute, since SDKs wait in earnest.
 */
public final class Comparison {

  /** Longer than any SDK takes that comes to an end in a reasonable time. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Comparison() {}

  /** Prints the table. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    List<Sdk> sdks = Sdk.all();
    Map<Situation, Map<String, Result>> alone = alone(sdks);
    System.out.println(head(sdks));
    for (Situation situation : Situation.values()) {
      Map<String, Result> results = Objects.requireNonNull(alone.get(situation));
      System.out.println(
          new Line(situation.title(), results, wrapped(sdks, situation)).toMarkdown());
    }
    System.exit(0); // An SDK may still be waiting.
  }

  /** The SDKs side by side, each with one situation after the other. */
  private static Map<Situation, Map<String, Result>> alone(List<Sdk> sdks)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(sdks.size());
    Map<String, Future<Map<Situation, Result>>> running = new LinkedHashMap<>();
    for (Sdk sdk : sdks) {
      running.put(sdk.name(), threads.submit(() -> alone(sdk)));
    }
    Map<Situation, Map<String, Result>> found = new LinkedHashMap<>();
    for (String name : running.keySet()) {
      running
          .get(name)
          .get()
          .forEach(
              (situation, result) ->
                  found.computeIfAbsent(situation, s -> new LinkedHashMap<>()).put(name, result));
    }
    threads.shutdown();
    return found;
  }

  private static Map<Situation, Result> alone(Sdk sdk) throws InterruptedException {
    Trial.warmUp(sdk);
    Map<Situation, Result> results = new LinkedHashMap<>();
    for (Situation situation : Situation.values()) {
      results.put(situation, Trial.alone(sdk, situation, PATIENCE));
    }
    return results;
  }

  static Map<String, Result> wrapped(List<Sdk> sdks, Situation situation) {
    Map<String, Result> results = new LinkedHashMap<>();
    sdks.forEach(sdk -> results.put(sdk.name(), Trial.wrapped(sdk, situation)));
    return results;
  }

  /** Returns the first two lines of the table. */
  static String head(List<Sdk> sdks) {
    Properties versions = versions();
    List<String> cells = new ArrayList<>(List.of("each attempt meets"));
    sdks.forEach(sdk -> cells.add(sdk.name() + " " + versions.getProperty(sdk.name())));
    cells.add("LlmRetry, around any of them");
    return Line.markdown(cells)
        + "\n|"
        + String.join("|", Collections.nCopies(cells.size(), "---"))
        + "|";
  }

  private static Properties versions() {
    try (InputStream in = Comparison.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
