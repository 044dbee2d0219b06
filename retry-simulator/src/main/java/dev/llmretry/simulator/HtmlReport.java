package dev.llmretry.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Results as a page that shows strategies side by side over time. One file, which contains the
 * chart library <a href="https://github.com/leeoniya/uPlot">uPlot</a> and needs no network.
 */
public final class HtmlReport {

  /** Longer series are averaged to this number of points. */
  private static final int POINTS = 600;

  private HtmlReport() {}

  /**
   * Writes a page, with the charts of the first seed.
   *
   * @param file the file, which is replaced if it exists
   * @param reports the results; those of one scenario are compared with each other
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, List<SimulationReport> reports) throws IOException {
    Files.writeString(file, page(reports));
  }

  static String page(List<SimulationReport> reports) throws IOException {
    Map<String, List<SimulationReport>> scenarios = new LinkedHashMap<>();
    for (SimulationReport report : reports) {
      scenarios.computeIfAbsent(report.scenario().name(), name -> new ArrayList<>()).add(report);
    }
    Json json = new Json();
    json.array(scenarios.values(), compared -> scenario(json, compared));
    return resource("report.html")
        .replace("/*{uplot-css}*/", resource("uplot/uPlot.min.css"))
        .replace("/*{uplot-js}*/", resource("uplot/uPlot.iife.min.js"))
        .replace("/*{data}*/", json.toString());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("The resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void scenario(Json json, List<SimulationReport> compared) {
    List<Metric> metrics = TextReport.metrics(compared);
    Scenario scenario = compared.get(0).scenario();
    json.object(
        () -> {
          json.name("name").value(scenario.name());
          json.name("description").value(scenario.description());
          json.name("incidents")
              .array(scenario.provider().incidents(), incident -> incident(json, incident));
          json.name("metrics").array(metrics, metric -> json.value(metric.label()));
          json.name("groups").array(groups(compared), group -> group(json, group));
          json.name("policies").array(compared, report -> policy(json, report, metrics));
        });
  }

  private static void incident(Json json, Incident incident) {
    json.array(List.of(incident.start(), incident.end()), json::value);
  }

  private record Group(String title, List<String> series) {}

  private static List<Group> groups(List<SimulationReport> compared) {
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("responses per second", List.of("answered", "refused", "failed")));
    groups.add(new Group("calls", List.of("in flight", "waiting")));
    if (!compared.get(0).scenario().fallbacks().isEmpty()) {
      groups.add(
          new Group("requests per second", List.of("requests", "requests to the first provider")));
    }
    compared.stream()
        .flatMap(report -> report.strategy().gauges().stream())
        .map(Strategy.Gauge::name)
        .distinct()
        .forEach(name -> groups.add(new Group(name, List.of(name))));
    return groups;
  }

  private static void group(Json json, Group group) {
    json.object(
        () -> {
          json.name("title").value(group.title());
          json.name("series").array(group.series(), json::value);
        });
  }

  private static void policy(Json json, SimulationReport report, List<Metric> metrics) {
    SimulationRun run = report.runs().get(0);
    int length = run.series().get(0).length();
    int step = Math.max(1, (length + POINTS - 1) / POINTS);
    List<Integer> starts = Stream.iterate(0, i -> i < length, i -> i + step).toList();
    json.object(
        () -> {
          json.name("name").value(report.strategy().name());
          json.name("model").value(report.strategy().isModel());
          json.name("figures").array(metrics, metric -> figure(json, report, metric));
          json.name("seconds").array(starts, json::value);
          json.name("series")
              .object(
                  () -> {
                    for (TimeSeries series : run.series()) {
                      json.name(series.name())
                          .array(starts, start -> json.value(mean(series, start, step)));
                    }
                  });
        });
  }

  private static double mean(TimeSeries series, int start, int step) {
    return IntStream.range(start, Math.min(start + step, series.length()))
        .mapToDouble(series::get)
        .average()
        .orElse(0);
  }

  private static void figure(Json json, SimulationReport report, Metric metric) {
    json.object(
        () -> {
          json.name("median").value(Figures.median(metric, report));
          json.name("range").value(Figures.range(metric, report));
        });
  }
}
