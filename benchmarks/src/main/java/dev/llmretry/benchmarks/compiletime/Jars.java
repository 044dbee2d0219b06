package dev.llmretry.benchmarks.compiletime;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The jars that the build copies for javac, seen from the root of the project. */
final class Jars {

  static final String RUNTIME = "retry-runtime.jar";

  private static final Path DIRECTORY = Path.of("benchmarks/target/compile-time");
  private static final List<String> CLASS_PATH =
      List.of("retry-annotations.jar", RUNTIME, "auto-value-annotations.jar");

  private Jars() {}

  static Path of(String name) {
    Path jar = DIRECTORY.resolve(name);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: build the module, and start at the root");
    }
    return jar;
  }

  static String classPath() {
    return CLASS_PATH.stream()
        .map(name -> of(name).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
