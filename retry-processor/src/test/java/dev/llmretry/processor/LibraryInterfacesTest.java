package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.llmretry.processor.WrapperProbe.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrappers of the public interfaces of a library outside the JDK, with annotations of its own. */
@Tag("costly")
@Tag("matrix")
class LibraryInterfacesTest {

  private static final Path GUAVA = CompilerRun.locationOf(ImmutableList.class);

  @Test
  void thoseOfGuavaAreCompiledWithoutAWarning() throws IOException, ReflectiveOperationException {
    WrappedLibrary guava =
        new WrappedLibrary(
            SubInterfaces.of(typesOf(GUAVA), with(CompilerRun.javac())),
            () -> with(CompilerRun.javac()));
    assertThat(guava.refusals())
        .extracting(CompilerMessage::id)
        .isSubsetOf("LR018", "LR019", "LR020", "LR034", "LR050");

    CompilerRun javac = guava.compile(with(CompilerRun.javac()).options("-Xlint:all"), 1);
    assertThat(WrappedLibrary.complaints(javac.requireSuccess())).isEmpty();
    assertThat(javac.generatedSources()).hasSizeGreaterThan(70);
    CompilerRun ecj = guava.compile(with(CompilerRun.ecj()), 1);
    assertThat(WrappedLibrary.complaints(ecj.requireSuccess())).isEmpty();
    assertThat(ecj.generatedSources()).containsOnlyKeys(javac.generatedSources().keySet());

    Outcome outcome = WrapperProbe.probe(javac);
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.retried()).isGreaterThan(600);
    assertThat(outcome.unretried()).isGreaterThan(20);
  }

  private static CompilerRun.Builder with(CompilerRun.Builder compiler) {
    return compiler.classPath(
        CompilerRun.annotations(), CompilerRun.runtime(), CompilerRun.jspecify(), GUAVA);
  }

  private static List<String> typesOf(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.matches("com/google/common/[a-z/]+/\\w+[.]class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .toList();
    }
  }
}
