package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.check.Diagnostic;
import dev.llmretry.processor.check.Diagnostic.Severity;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aspectj.lang.JoinPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the documentation says about diagnostics is so. */
class DiagnosticsDocumentationTest {

  private static final String DOCUMENT = read("docs/diagnostics.md");

  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```(java|sh)\\n(.*?)^```$");

  /** No source shows them. */
  private static final String ABOUT_THE_CLASS_PATH = "NO_EXTRACTORS|SDK_RETRIES";

  private static final Map<String, Section> SECTIONS = sections();

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| \\[(LR\\d{3})]\\(#(\\S+)\\) \\| (\\w+) \\| (.+) \\|$");

  /** What the document says that the examples leave out. */
  private static final String IMPORTS =
      Stream.of(
              "dev.llmretry.*",
              "dev.llmretry.runtime.CancellationToken",
              "java.io.*",
              "java.lang.annotation.*",
              "java.net.*",
              "java.util.concurrent.*",
              "java.util.function.*",
              "java.util.stream.*",
              "kotlin.coroutines.Continuation",
              "reactor.core.publisher.Flux")
          .map("import %s; "::formatted)
          .collect(Collectors.joining());

  private static final CompilerRun CLIENT_TYPES =
      CompilerRun.javac()
          .with(ForeignStubs.COMPILED)
          .sources(
              "package acme; public record ChatRequest(String prompt) {}",
              "package acme; public record ChatResponse(String text) {}",
              """
              package acme;
              public class ProviderException extends Exception {
                private static final long serialVersionUID = 1;
              }
              """)
          .run()
          .requireClean();

  private record Section(String title, List<String> examples) {}

  private static String read(String path) {
    Path fromRoot = Path.of(path);
    try {
      return Files.readString(Files.exists(fromRoot) ? fromRoot : Path.of("..").resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Section> sections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    for (String text : DOCUMENT.split("(?m)^## ")) {
      String heading = text.lines().findFirst().orElse("");
      if (heading.startsWith("LR")) {
        List<String> examples =
            EXAMPLE.matcher(text).results().map(example -> example.group(2)).toList();
        sections.put(heading.substring(0, 5), new Section(heading.substring(6), examples));
      }
    }
    return sections;
  }

  @Test
  void hasASectionForEachDiagnostic() {
    assertThat(SECTIONS.keySet())
        .containsExactlyElementsOf(Arrays.stream(Diagnostic.values()).map(Diagnostic::id).toList());
  }

  @Test
  void tableNamesEachDiagnostic() {
    List<String> rows =
        ROW.matcher(DOCUMENT)
            .results()
            .map(row -> row.group(1) + " " + row.group(3) + " " + row.group(4))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Diagnostic.values())
                .map(
                    diagnostic ->
                        diagnostic.id()
                            + (" " + severity(diagnostic) + " ")
                            + SECTIONS.get(diagnostic.id()).title())
                .toList());
  }

  private static String severity(Diagnostic diagnostic) {
    return diagnostic.severity().name().toLowerCase(Locale.ROOT);
  }

  @Test
  void tableLinksToTheSections() {
    for (MatchResult row : ROW.matcher(DOCUMENT).results().toList()) {
      String heading = row.group(1) + " " + SECTIONS.get(row.group(1)).title();
      String anchor =
          heading.toLowerCase(Locale.ROOT).replace(' ', '-').replaceAll("[^a-z0-9-]", "");
      assertThat(row.group(2)).isEqualTo(anchor);
    }
  }

  @ParameterizedTest
  @EnumSource(names = ABOUT_THE_CLASS_PATH, mode = EnumSource.Mode.MATCH_NONE)
  void hasTwoExamples(Diagnostic diagnostic) {
    assertThat(SECTIONS.get(diagnostic.id()).examples()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = ABOUT_THE_CLASS_PATH, mode = EnumSource.Mode.MATCH_NONE)
  void wrongExampleCallsForTheDiagnostic(Diagnostic diagnostic) {
    CompilerRun run = compile(diagnostic, SECTIONS.get(diagnostic.id()).examples().get(0));

    assertThat(run.ids()).containsOnly(diagnostic.id());
    assertThat(run.others()).isEmpty();
    assertThat(run.succeeded()).isEqualTo(diagnostic.severity() != Severity.ERROR);
  }

  @ParameterizedTest
  @EnumSource(names = ABOUT_THE_CLASS_PATH, mode = EnumSource.Mode.MATCH_NONE)
  void rightExampleIsFine(Diagnostic diagnostic) {
    compile(diagnostic, SECTIONS.get(diagnostic.id()).examples().get(1)).requireClean();
  }

  private static CompilerRun compile(Diagnostic diagnostic, String example) {
    CompilerRun.Builder compiler = CompilerRun.javac();
    boolean aboutWeaving = diagnostic.compareTo(Diagnostic.NOT_WEAVABLE) >= 0;
    if (aboutWeaving) {
      compiler.options("-Allmretry.weaving=aspectj");
    }
    if (example.startsWith("module ")) {
      return compiler
          .classPath()
          .options("--module-path", modulePath())
          .source(example)
          .source(clientOf("com.acme.chat", aboutWeaving ? "class" : "interface"))
          .run();
    }
    if (example.startsWith("javac ")) {
      String[] words = example.split("\\s+");
      return compiler.options(words[1]).source(clientOf("acme", "interface")).run();
    }
    return compiler
        .with(CLIENT_TYPES)
        .source("acme/Example.java", "package acme; " + IMPORTS + "\n" + example)
        .run();
  }

  private static String modulePath() {
    return Stream.of(
            CompilerRun.annotations(),
            CompilerRun.runtime(),
            CompilerRun.aspectj(),
            CompilerRun.jspecify(),
            CompilerRun.locationOf(JoinPoint.class))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String clientOf(String packageName, String kind) {
    return """
        package %s;

        %s ChatClient {
          @dev.llmretry.LlmRetry
          public String complete(String prompt)%s
        }
        """
        .formatted(packageName, kind, kind.equals("interface") ? ";" : " { return prompt; }");
  }
}
