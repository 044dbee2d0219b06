package dev.llmretry.benchmarks.compiletime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** So many types of a workload on disk, and beside them what the processor makes of them. */
final class Project implements AutoCloseable {

  private final Workload workload;
  private final Path directory;
  private final List<Path> types;
  private final List<Path> generated;

  Project(Workload workload, int count, Processors processors) throws IOException {
    this.workload = workload;
    directory = Files.createTempDirectory("compile-time");
    Path sources = Files.createDirectory(directory.resolve("sources"));
    workload.writeSources(sources, count);
    types = Sources.below(sources);
    Path output = Files.createDirectory(directory.resolve("generated"));
    Javac.run(types, output, processors.of(workload));
    generated = Sources.below(output);
    if (generated.size() != count) {
      throw new IllegalStateException(generated.size() + " classes for " + count + " types");
    }
  }

  Workload workload() {
    return workload;
  }

  int size() {
    return types.size();
  }

  List<Path> sources(Way way) {
    List<Path> sources = new ArrayList<>(types);
    if (way == Way.AS_SOURCES) {
      sources.addAll(generated);
    }
    return sources;
  }

  /** Returns a new directory. */
  Path newOutput() throws IOException {
    return Files.createTempDirectory(directory, "output");
  }

  @Override
  public void close() throws IOException {
    Sources.delete(directory);
  }
}
