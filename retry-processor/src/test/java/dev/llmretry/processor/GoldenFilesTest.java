package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.llmretry.runtime.rules.NoReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of generated classes, for interfaces of all shapes. Each folder of {@code golden} has
 * the {@code input} and what is {@code expected} of it; {@code -Dgolden.update=true} writes the
 * latter anew.
 */
class GoldenFilesTest {

  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** Their inputs bear annotations that no processor claims, which is what that lint is about. */
  private static final Set<String> WITH_FOREIGN_ANNOTATIONS = Set.of("carried", "typeuse");

  /** Their inputs name types of other libraries. */
  private static final Set<String> WITH_LIBRARIES =
      Set.of("callbacks", "hedged", "integrations", "publishers");

  static Stream<String> shapes() throws IOException {
    return Files.list(ROOT).map(path -> path.getFileName().toString()).sorted();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void javacCompilesWhatIsExpectedWithoutAWarning(String shape) throws IOException {
    String lint = WITH_FOREIGN_ANNOTATIONS.contains(shape) ? "all,-processing" : "all";
    CompilerRun run = compile(CompilerRun.javac().options("-Xlint:" + lint, "-Werror"), shape);
    run.requireClean();
    if (UPDATE) {
      update(shape, run.generatedSources());
    }
    assertThat(run.generatedSources()).isEqualTo(expected(shape)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  @Tag("costly")
  void theEclipseCompilerDoesToo(String shape) throws IOException {
    CompilerRun run = compile(CompilerRun.ecj(), shape).requireClean();
    assertThat(run.generatedSources()).isEqualTo(expected(shape));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  @Tag("costly")
  void nothingGeneratedReflects(String shape, @TempDir Path directory) throws IOException {
    CompilerRun run = compile(CompilerRun.javac(), shape);
    for (Map.Entry<String, byte[]> classFile : run.classFiles().entrySet()) {
      Path file = directory.resolve(classFile.getKey() + ".class");
      Files.write(file, classFile.getValue());
    }
    NoReflection.check(new ClassFileImporter().importPath(directory));
  }

  @Test
  void composedAnnotationsNeedNoDeclaration() throws IOException {
    CompilerRun.Builder javac = CompilerRun.javac();
    sources("composed", "input").forEach(javac::source);
    assertThat(javac.run().requireClean().generatedSources()).isEqualTo(expected("composed"));
  }

  private static CompilerRun compile(CompilerRun.Builder compiler, String shape)
      throws IOException {
    sources(shape, "input").forEach(compiler::source);
    if (WITH_LIBRARIES.contains(shape)) {
      compiler.with(ForeignStubs.INTEGRATIONS);
    }
    return compiler
        .options("-Allmretry.composed=acme.composed.Resilient,acme.composed.Patient")
        .options("-Allmretry.weaving=aspectj")
        .run();
  }

  private static SortedMap<String, String> expected(String shape) throws IOException {
    SortedMap<String, String> expected = new TreeMap<>();
    sources(shape, "expected")
        .forEach((path, text) -> expected.put(path.replace(".java", "").replace('/', '.'), text));
    return expected;
  }

  /** Returns the sources of a folder by the paths that their packages ask for. */
  private static Map<String, String> sources(String shape, String folder) throws IOException {
    Path directory = ROOT.resolve(shape).resolve(folder);
    String packagePath = shape.equals("unnamed") ? "" : "acme/" + shape + "/";
    Map<String, String> sources = new TreeMap<>();
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files.forEach(file -> sources.put(packagePath + file.getFileName(), read(file)));
      }
    }
    return sources;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void update(String shape, SortedMap<String, String> generated) throws IOException {
    Path directory = Files.createDirectories(ROOT.resolve(shape).resolve("expected"));
    try (Stream<Path> stale = Files.list(directory)) {
      for (Path file : stale.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> source : generated.entrySet()) {
      String simpleName = source.getKey().substring(source.getKey().lastIndexOf('.') + 1);
      Files.writeString(directory.resolve(simpleName + ".java"), source.getValue());
    }
  }
}
