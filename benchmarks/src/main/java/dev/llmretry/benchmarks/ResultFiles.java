package dev.llmretry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where results are kept until they are rendered: {@code benchmarks/results}, seen from the root of
 * the project, unless the system property {@code results} says otherwise.
 */
final class ResultFiles {

  private ResultFiles() {}

  /** Returns where JMH's results on a JDK are kept: those of a part do not replace those of all. */
  static Path calls(Runtime.Version jdk, boolean ofAll) throws IOException {
    return of("calls-" + jdk.feature() + (ofAll ? ".json" : "-partial.json"));
  }

  static Path of(String name) throws IOException {
    Path directory = Path.of(System.getProperty("results", "benchmarks/results"));
    return Files.createDirectories(directory).resolve(name);
  }
}
