package dev.llmretry.benchmarks.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that makes one call. */
final class FirstCallJvm {

  private FirstCallJvm() {}

  /** Returns the time from the start of a new JVM until the call has returned. */
  static double millis(StartWay way) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process jvm = start(way);
    long end = begin;
    try (BufferedReader said = said(jvm)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.equals(FirstCall.DONE)) {
          end = System.nanoTime();
        }
      }
    }
    check(way, jvm, end != begin);
    return (end - begin) / 1e6;
  }

  /** Returns how many classes a new JVM has loaded when the call has returned. */
  static long classes(StartWay way) throws IOException, InterruptedException {
    Process jvm = start(way, "-Xlog:class+load:stdout:none");
    long classes = 0;
    boolean done = false;
    try (BufferedReader said = said(jvm)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        done |= line.equals(FirstCall.DONE);
        if (!done && line.contains(" source: ")) {
          classes++;
        }
      }
    }
    check(way, jvm, done);
    return classes;
  }

  private static Process start(StartWay way, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(way.main().getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static BufferedReader said(Process jvm) {
    return new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8));
  }

  private static void check(StartWay way, Process jvm, boolean done) throws InterruptedException {
    if (jvm.waitFor() != 0 || !done) {
      throw new IllegalStateException("No call was made: " + way);
    }
  }
}
