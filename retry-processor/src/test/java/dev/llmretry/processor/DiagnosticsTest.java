package dev.llmretry.processor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.llmretry.processor.DiagnosticCase.Expected;
import dev.llmretry.processor.DiagnosticCase.Marker;
import dev.llmretry.processor.check.Diagnostic;
import dev.llmretry.processor.check.Diagnostic.Severity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each diagnostic on code that calls for it, and none on code that is right. */
class DiagnosticsTest {

  static final List<DiagnosticCase> WRONG = DiagnosticCases.wrong();
  static final List<DiagnosticCase> NOT_WOVEN = DiagnosticCases.notWoven();
  static final List<DiagnosticCase> WRONG_FOR_ECLIPSE =
      WRONG.stream()
          .filter(about -> !DiagnosticCases.overlookedByEclipse().contains(about))
          .toList();

  static final List<DiagnosticCase> RIGHT = DiagnosticCases.right();

  private static final String WOVEN = "-Allmretry.weaving=aspectj";

  /** Those that depend on how one compiles have tests of their own. */
  private static final Set<Diagnostic> TESTED_ELSEWHERE =
      EnumSet.of(
          Diagnostic.NO_RUNTIME,
          Diagnostic.UNKNOWN_ID,
          Diagnostic.NO_EXTRACTORS,
          Diagnostic.SDK_RETRIES);

  /** All are compiled at once, each in a package of its own, since to start a compiler is slow. */
  private static CompilerRun compile(CompilerRun.Builder compiler, List<DiagnosticCase> cases) {
    for (int i = 0; i < cases.size(); i++) {
      compiler.source(packageOf(i) + "/" + fileOf(i), cases.get(i).text(packageOf(i)));
    }
    return compiler.run();
  }

  private static String packageOf(int index) {
    return "case" + index;
  }

  private static String fileOf(int index) {
    return "Case" + index + ".java";
  }

  private static CompilerRun compileWrong(CompilerRun.Builder compiler) {
    return compile(compiler.options(WOVEN).with(ForeignStubs.COMPILED), WRONG);
  }

  private static List<CompilerMessage> messages(CompilerRun run, int index) {
    String file = fileOf(index);
    return run.ours().stream().filter(message -> message.file().equals(file)).toList();
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    CompilerRun run = compileWrong(CompilerRun.javac());
    assertSaysAll(WRONG, run);
    assertThat(run.others()).as("what javac says besides").isEmpty();
  }

  @Test
  void saysWhatNothingWeaves() {
    assertSaysAll(NOT_WOVEN, compile(CompilerRun.javac(), NOT_WOVEN));
  }

  private static void assertSaysAll(List<DiagnosticCase> cases, CompilerRun run) {
    assertAll(
        IntStream.range(0, cases.size())
            .mapToObj(index -> () -> assertSays(cases.get(index), run, index)));
  }

  private static void assertSays(DiagnosticCase about, CompilerRun run, int index) {
    List<CompilerMessage> messages = messages(run, index);
    assertThat(messages)
        .as("%s", about)
        .extracting(CompilerMessage::id)
        .containsExactlyElementsOf(ids(about.expected()));
    List<Marker> markers = about.markers(packageOf(index));
    assertThat(markers).as("markers in %s", about).hasSameSizeAs(messages);
    for (int i = 0; i < messages.size(); i++) {
      Expected expected = about.expected().get(i);
      for (String essential : expected.essentials()) {
        assertThat(messages.get(i).text()).contains(essential);
      }
      assertThat(messages.get(i).kind()).isEqualTo(kind(expected.diagnostic().severity()));
      assertPointsAt(markers.get(i), messages.get(i));
    }
  }

  private static List<String> ids(List<Expected> expected) {
    return expected.stream().map(each -> each.diagnostic().id()).toList();
  }

  private static Kind kind(Severity severity) {
    return switch (severity) {
      case ERROR -> Kind.ERROR;
      case WARNING -> Kind.WARNING;
      case NOTE -> Kind.NOTE;
    };
  }

  /**
   * At an annotation or a value of one, the message is about exactly that; at an element, javac
   * means all of it and points at its name, or at the keyword of a type.
   */
  private static void assertPointsAt(Marker marker, CompilerMessage message) {
    if (message.position() != marker.start()) {
      assertThat(message.start()).as("start of %s", message).isEqualTo(marker.start());
      assertThat(message.end()).as("end of %s", message).isEqualTo(marker.end());
    }
    String before = message.source().substring(0, message.position());
    assertThat(message.line()).isEqualTo(before.chars().filter(c -> c == '\n').count() + 1);
    assertThat(message.column()).isEqualTo(message.position() - before.lastIndexOf('\n'));
  }

  /** It points elsewhere: at the member's name instead of its value, or at the annotation. */
  @Test
  @Tag("costly")
  @Tag("matrix")
  void saysTheSameInTheEclipseCompiler() {
    CompilerRun javac = compileWrong(CompilerRun.javac());
    CompilerRun ecj = compileWrong(CompilerRun.ecj());
    assertAll(
        IntStream.range(0, WRONG.size())
            .filter(index -> WRONG_FOR_ECLIPSE.contains(WRONG.get(index)))
            .mapToObj(
                index ->
                    () ->
                        assertThat(kindsAndTexts(ecj, index))
                            .as("%s", WRONG.get(index))
                            .containsExactlyInAnyOrderElementsOf(kindsAndTexts(javac, index))));
  }

  private static List<String> kindsAndTexts(CompilerRun run, int index) {
    return messages(run, index).stream()
        .map(message -> message.kind() + " " + message.text())
        .toList();
  }

  private static final String TOO_SMALL =
      """
      import dev.llmretry.LlmRetry;

      interface Chat {
        @LlmRetry(
            max = 2,
            multiplier = 0.5)
        String complete(String prompt);
      }
      """;

  @Test
  void pointsAtTheLineAndColumnOfAValue() {
    CompilerMessage message = CompilerRun.javac().source(TOO_SMALL).run().ours().get(0);

    assertThat(message.line()).isEqualTo(6);
    assertThat(message.column()).isEqualTo(20);
    assertThat(message.target()).isEqualTo("0.5");
  }

  @Test
  @Tag("costly")
  void pointsAtTheNameOfTheMemberInTheEclipseCompiler() {
    CompilerMessage message = CompilerRun.ecj().source(TOO_SMALL).run().ours().get(0);

    assertThat(message.line()).isEqualTo(6);
    assertThat(message.target()).isEqualTo("multiplier");
  }

  @Test
  void saysNothingAboutRightCode() {
    String composed =
        String.join(
            ",",
            IntStream.range(0, RIGHT.size()).mapToObj(i -> packageOf(i) + ".Resilient").toList());

    compile(
            CompilerRun.javac()
                .with(ForeignStubs.INTEGRATIONS)
                // The cases stand in files that are not named after their types.
                .options("-Xlint:all,-auxiliaryclass", "-Werror")
                .options(WOVEN, "-Allmretry.composed=" + composed),
            RIGHT)
        .requireClean();
  }

  @Test
  @Tag("costly")
  void saysNothingAboutRightCodeInTheEclipseCompiler() {
    CompilerRun run =
        compile(CompilerRun.ecj().options(WOVEN).with(ForeignStubs.INTEGRATIONS), RIGHT)
            .requireSuccess();

    assertThat(run.ours()).isEmpty();
  }

  @Test
  void everyDiagnosticIsTested() {
    Set<Diagnostic> tested =
        Stream.concat(WRONG.stream(), NOT_WOVEN.stream())
            .flatMap(about -> about.expected().stream())
            .map(Expected::diagnostic)
            .collect(toSet());
    tested.addAll(TESTED_ELSEWHERE);

    assertThat(tested).containsExactlyInAnyOrder(Diagnostic.values());
  }

  /** The id of a diagnostic that is gone is not used again. */
  @Test
  void idsCountUp() {
    Set<String> retired = Set.of("LR045");
    assertThat(Arrays.stream(Diagnostic.values()).map(Diagnostic::id))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, Diagnostic.values().length + retired.size())
                .mapToObj("LR%03d"::formatted)
                .filter(id -> !retired.contains(id))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyTextIsMadeOfSentences(Diagnostic diagnostic) {
    Object[] arguments = {"A", "B", "C", "D."};

    assertThat(diagnostic.message(arguments)).startsWith(diagnostic.id() + ": ").endsWith(".");
  }
}
