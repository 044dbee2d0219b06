package dev.llmretry.processor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.processor.WrapperProbe.Outcome;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Types with thousands of methods, as those generated from descriptions of an API have them. */
@Tag("costly")
class BigInterfacesTest {

  /** The JDK's proxies, which the probe needs, have no more than some 1,500. */
  private static final int PROBED = 1000;

  private static final String ANNOTATED = "@dev.llmretry.LlmRetry(max = 1, baseDelayMs = 0) ";

  private static String methods(String text, int count) {
    return IntStream.range(0, count).mapToObj(text::formatted).collect(joining("\n"));
  }

  /** Their constants do not fit into the initializer of one class. */
  @Test
  @Tag("matrix")
  void fiveThousandMethodsAreCompiled() {
    compileSubInterface(5000);
  }

  @Test
  void allMethodsAreRetried() throws ReflectiveOperationException {
    Outcome outcome = WrapperProbe.probe(compileSubInterface(PROBED));

    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.retried()).isEqualTo(PROBED);
  }

  private static CompilerRun compileSubInterface(int methods) {
    CompilerRun library =
        CompilerRun.javac()
            .withoutProcessors()
            .source(
                "package acme; public interface Library { %s }"
                    .formatted(methods("String call%d(String text);", methods)))
            .run()
            .requireClean();
    return CompilerRun.javac()
        .options("-Xlint:all", "-Werror")
        .with(library)
        .source("package acme; " + ANNOTATED + "public interface Big extends Library {}")
        .run()
        .requireClean();
  }

  /** What is named as the nested classes are, and in the scope of the methods. */
  @Test
  void theClassesOfConstantsCollideWithNothing() {
    CompilerRun run =
        CompilerRun.javac()
            .options("-Xlint:all", "-Werror")
            .source("package acme; public class Policies3 { public static class Policies4 {} }")
            .source(
                """
                package acme;

                %spublic interface Big<Policies5> {
                  interface Policies1 {}

                  String Policies2 = "";

                  %s
                }
                """
                    .formatted(
                        ANNOTATED,
                        methods(
                            """
                            Policies1 call%d(
                                String Policies1,
                                String Policies2,
                                Policies3 Policies3,
                                Policies3.Policies4 Policies4,
                                Policies5 Policies5);
                            """,
                            PROBED)))
            .run()
            .requireClean();

    assertThat(run.classFiles())
        .containsKeys(
            "acme.RetryingBig$Policies1_",
            "acme.RetryingBig$Policies2_",
            "acme.RetryingBig$Policies3");
  }

  @Test
  void theCompanionOfAClassIsCompiled() {
    CompilerRun run =
        CompilerRun.javac()
            .options("-Xlint:all", "-Werror", "-Allmretry.weaving=aspectj")
            .source(
                "package acme; public class Big { %s }"
                    .formatted(methods(ANNOTATED + "public void call%d() {}", 3000)))
            .run()
            .requireClean();

    assertThat(run.classFiles()).containsKeys("acme.WovenBig", "acme.WovenBig$Policies2");
  }
}
