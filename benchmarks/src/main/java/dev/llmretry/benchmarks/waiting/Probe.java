package dev.llmretry.benchmarks.waiting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM that measures, and prints what it found as lines of {@code name=number}. */
record Probe(List<String> command) {

  private static final Pattern VALUE = Pattern.compile("(\\w+)=([-.\\dE]+)");
  private static final long LIMIT_SECONDS = 2 * PunctualityProbe.LIMIT_SECONDS;
  private static final int LEAST_GIGABYTES = 4;
  private static final int CALLS_PER_GIGABYTE = 125_000;

  static Probe heap(WaitingWay way, int calls) {
    return of(HeapProbe.class, way, calls, "-XX:+UseSerialGC", "-XX:-UseTLAB");
  }

  static Probe punctuality(WaitingWay way, int calls) {
    return of(PunctualityProbe.class, way, calls);
  }

  private static Probe of(Class<?> main, WaitingWay way, int calls, String... options) {
    int gigabytes = Math.max(LEAST_GIGABYTES, (calls - 1) / CALLS_PER_GIGABYTE + 1);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xms" + gigabytes + "g");
    command.add("-Xmx" + gigabytes + "g");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.add(way.name());
    command.add(Integer.toString(calls));
    return new Probe(command);
  }

  Finding run() throws IOException, InterruptedException {
    Path said = Files.createTempFile("probe", ".txt");
    try {
      Process jvm =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        return jvm.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)
            ? finding(jvm.exitValue(), Files.readAllLines(said))
            : new Finding(Map.of(), "not done after " + LIMIT_SECONDS + " s");
      } finally {
        jvm.destroyForcibly().waitFor();
      }
    } finally {
      Files.delete(said);
    }
  }

  /** Tells the starter. */
  static void say(String name, double value) {
    System.out.println(name + "=" + value);
  }

  private static Finding finding(int exitCode, List<String> said) {
    Map<String, Double> values = new HashMap<>();
    for (String line : said) {
      Matcher value = VALUE.matcher(line);
      if (value.matches()) {
        values.put(value.group(1), Double.valueOf(value.group(2)));
      }
    }
    return new Finding(values, exitCode == 0 ? "" : "died: " + lastWords(exitCode, said));
  }

  private static String lastWords(int exitCode, List<String> said) {
    return said.stream()
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .findFirst()
        .orElse("exit code " + exitCode);
  }
}
