package dev.llmretry.providertests.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Prints, in Markdown, what SDKs do about failures by themselves, and what becomes of those with
 * LlmRetry around the SDK. Takes a good 45 s, since SDKs wait in earnest.
 */
public final class Comparison {

  /** As long as any SDK takes that comes to an end in a reasonable time. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /**
   * Between the beginnings of two calls: else the work for one would count as a wait of another.
   */
  private static final Duration GAP = Duration.ofMillis(50);

  private Comparison() {}

  /** Prints a table for each SDK. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    compare(Sdk.all()).forEach((sdk, lines) -> System.out.println(table(sdk, lines)));
    System.exit(0); // An SDK may still be waiting.
  }

  private static Map<Sdk, List<Line>> compare(List<Sdk> sdks)
      throws InterruptedException, ExecutionException {
    List<Trial> trials = trials(sdks);
    // First, so that no class is loaded while we measure.
    List<Result> wrapped = trials.stream().map(Trial::wrapped).toList();
    List<Result> alone = alone(trials);
    Map<Sdk, List<Line>> tables = new LinkedHashMap<>();
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      tables
          .computeIfAbsent(trial.sdk(), sdk -> new ArrayList<>())
          .add(new Line(trial.situation(), alone.get(i), wrapped.get(i)));
    }
    return tables;
  }

  /** Returns each SDK in each situation. */
  static List<Trial> trials(List<Sdk> sdks) {
    List<Trial> trials = new ArrayList<>();
    for (Sdk sdk : sdks) {
      for (Situation situation : Situation.values()) {
        trials.add(new Trial(sdk, situation));
      }
    }
    return trials;
  }

  /** All side by side, since most of it is waiting. */
  private static List<Result> alone(List<Trial> trials)
      throws InterruptedException, ExecutionException {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(trials.size());
    List<Future<Result>> running = new ArrayList<>();
    for (Trial trial : trials) {
      long delay = GAP.multipliedBy(running.size()).toMillis();
      running.add(threads.schedule(() -> trial.alone(PATIENCE), delay, TimeUnit.MILLISECONDS));
    }
    List<Result> results = new ArrayList<>();
    for (Future<Result> result : running) {
      results.add(result.get());
    }
    threads.shutdown();
    return results;
  }

  /** Returns a heading and the table under it. */
  static String table(Sdk sdk, List<Line> lines) {
    StringBuilder table = new StringBuilder();
    table.append("### ").append(sdk.name()).append(' ').append(version(sdk)).append("\n\n");
    table.append("| each attempt meets | by itself | behind LlmRetry |\n|---|---|---|\n");
    lines.forEach(line -> table.append(line).append('\n'));
    return table.toString();
  }

  private static String version(Sdk sdk) {
    try (InputStream in = Comparison.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty(sdk.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
