package dev.llmretry.benchmarks.compiletime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles, in this JVM or in a new one. */
final class Javac {

  private Javac() {}

  /** Compiles in this JVM; without processors if there are none. */
  static void run(List<Path> sources, Path output, List<Processor> processors) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        javac.getStandardFileManager(diagnostics, Locale.ROOT, UTF_8)) {
      List<String> options = options(output);
      if (processors.isEmpty()) {
        options.add("-proc:none");
      }
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null, files, diagnostics, options, null, files.getJavaFileObjectsFromPaths(sources));
      if (!processors.isEmpty()) {
        task.setProcessors(processors);
      }
      if (!task.call()) {
        throw new IllegalStateException(diagnostics.getDiagnostics().toString());
      }
    }
  }

  /** Compiles in a new JVM; without a processor if its name is empty. */
  static void fork(List<Path> sources, Path output, String processor)
      throws IOException, InterruptedException {
    List<String> options = options(output);
    if (processor.isEmpty()) {
      options.add("-proc:none");
    } else {
      options.add("-processorpath");
      options.add(Jars.of(processor).toString());
    }
    sources.forEach(source -> options.add(source.toString()));
    Path arguments = Files.write(output.resolve("arguments"), options);
    String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    Process process = new ProcessBuilder(javac, "@" + arguments).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("javac failed");
    }
  }

  private static List<String> options(Path output) {
    return new ArrayList<>(
        List.of("-d", output.toString(), "-classpath", Jars.classPath(), "--release", "17"));
  }
}
