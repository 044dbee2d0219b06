package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.WrapperProbe.Outcome;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Wrappers of what others have written: all public interfaces of the JDK that runs the test. */
@Tag("costly")
@Tag("matrix")
class JdkInterfacesTest {

  private static final String RELEASE = String.valueOf(Runtime.version().feature());

  /** Streams and callbacks as arguments, futures without completion callbacks, lazy results. */
  private static final Set<String> REFUSALS = Set.of("LR018", "LR019", "LR020", "LR050");

  /** How compilers regard parts of the JDK's own API. */
  private static final Pattern REGARD =
      Pattern.compile("preview (API|feature)|internal proprietary API");

  /** One interface in so many is compiled by the Eclipse compiler, too. */
  private static final int ECLIPSE_STRIDE = 8;

  private static WrappedLibrary jdk;
  private static CompilerRun javac;

  @BeforeAll
  static void compile() {
    jdk =
        new WrappedLibrary(
            SubInterfaces.ofTheJdk("--release", RELEASE),
            () -> CompilerRun.javac().options("--release", RELEASE));
    javac = jdk.compile(CompilerRun.javac().options("--release", RELEASE, "-Xlint:all"), 1);
  }

  @Test
  void onlyWhatCannotBeCalledTwiceIsRefused() {
    assertThat(jdk.refusedTypes()).isEmpty();
    assertThat(jdk.interfaces()).hasSizeGreaterThan(1300);
    assertThat(jdk.refusals()).extracting(CompilerMessage::id).isSubsetOf(REFUSALS);
    assertThat(jdk.refusedMethods()).isBetween(600, 1300);
  }

  @Test
  void javacWarnsOfNothingThatIsGenerated() {
    assertThat(javac.requireSuccess().output()).isEmpty();
    assertThat(javac.generatedSources()).hasSizeGreaterThan(1250);
    assertThat(complaints(javac)).isEmpty();
  }

  @Test
  void theEclipseCompilerDoesNotEither() {
    CompilerRun run =
        jdk.compile(CompilerRun.ecj().options("--release", RELEASE), ECLIPSE_STRIDE)
            .requireSuccess();
    assertThat(run.generatedSources()).hasSizeGreaterThan(1200 / ECLIPSE_STRIDE);
    assertThat(complaints(run)).isEmpty();
  }

  private static List<CompilerMessage> complaints(CompilerRun run) {
    return WrappedLibrary.complaints(run).stream()
        .filter(message -> !REGARD.matcher(message.text()).find())
        .toList();
  }

  @Test
  void theDelegateIsCalledAgainWhereItIsToBe() throws ReflectiveOperationException {
    Outcome outcome = WrapperProbe.probe(javac);
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.retried()).isGreaterThan(15_000);
    assertThat(outcome.unretried()).isGreaterThan(600);
  }
}
