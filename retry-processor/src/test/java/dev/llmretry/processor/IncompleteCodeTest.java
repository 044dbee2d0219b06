package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Code that is still being typed, and types that are still being generated. The compilers run no
 * processor over some of it: javac not over what it cannot parse, nor over annotation values that
 * it cannot make out.
 */
@Tag("costly")
class IncompleteCodeTest {

  /**
   * None of it compiles, and there is nothing for us to say about it, but for the method with
   * {@code max = -1}, where there is one.
   */
  static final List<String> BROKEN =
      List.of(
          method("@LlmRetry Missing complete(String prompt);"),
          method("@LlmRetry String complete(Missing prompt);"),
          method("@LlmRetry String complete(List<? extends Missing[]> prompts);"),
          method("@LlmRetry String complete(String prompt) throws Missing;"),
          method("@LlmRetry <T extends Missing> T complete(String prompt);"),
          method("@LlmRetry String complete(@Missing String prompt);"),
          method("@LlmRetry @Missing String complete(String prompt);"),
          method("@Missing @LlmRetry(max = MISSING) String complete(String prompt);"),
          method("@Retryable(max = 3) String complete(String prompt);"),
          method("@LlmRetry missing.Type complete(String prompt);"),
          method("@LlmRetry(max = ) String complete(String prompt);"),
          method("@LlmRetry(max = \"x\") String complete(String prompt);"),
          method("@LlmRetry(max = 1.5) String complete(String prompt);"),
          method("@LlmRetry(max = {1, 2}) String complete(String prompt);"),
          method("@LlmRetry(max = null) String complete(String prompt);"),
          method("@LlmRetry(max = 1, max = 2) String complete(String prompt);"),
          method("@LlmRetry(3) String complete(String prompt);"),
          method("@LlmRetry(attempts = 3) String complete(String prompt);"),
          method("@LlmRetry(jitter = Jitter.MISSING) String complete(String prompt);"),
          method("@LlmRetry(jitter = null) String complete(String prompt);"),
          method("@LlmRetry(jitter = \"FULL\") String complete(String prompt);"),
          method("@LlmRetry(retryOn = Missing.class) String complete(String prompt);"),
          method("@LlmRetry(retryOn = {Missing.class, Gone.class}) String complete(String p);"),
          method("@LlmRetry(retryOn = String.class) String complete(String prompt);"),
          method("@LlmRetry(retryOn = int.class) String complete(String prompt);"),
          method("@LlmRetry(retryOn = IOException[].class) String complete(String prompt);"),
          method("@LlmRetry(retryOn = \"IOException\") String complete(String prompt);"),
          method("@LlmRetry(retryOn = ) String complete(String prompt);"),
          method("@LlmRetry(retryOnKinds = FailureKind.MISSING) String complete(String prompt);"),
          method("@LlmRetry(retryOnKinds = {null}) String complete(String prompt);"),
          method("@LlmRetry @LlmRetry String complete(String prompt);"),
          method("@LlmRetry String complete(String prompt); @LlmRetry String complete(String p);"),
          method("@LlmRetry String complete(String prompt"),
          method("@LlmRetry String complete(String);"),
          method("@LlmRetry"),
          method("@LlmRetry("),
          method("@LlmRetry complete(String prompt);"),
          method("@LlmRetry final String complete(String prompt) { return prompt; }"),
          method("@LlmRetry Flow.Publisher<Missing> stream();"),
          method("@LlmRetry Missing<String> stream();"),
          method("@LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) Missing stream();"),
          method("@LlmRetry(preamble = LlmRetry.NoPreamble.class) Missing stream();"),
          method("@LlmRetry Missing chat(@StreamCallback Consumer<String> handler);"),
          "interface Chat { @LlmRetry(preamble = First.class) Missing stream(); } "
              + "class First implements Predicate<String> { public boolean test(String s) { } }",
          method("@LlmRetry(stream = StreamRetry.MISSING) Stream<String> stream();"),
          method("@LlmRetry(stream = null) Stream<String> stream();"),
          method("@LlmRetry(stream = ) Stream<String> stream();"),
          method("@LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) Stream<Missing> stream();"),
          method("@LlmRetry(preamble = Missing.class) Flow.Publisher<String> stream();"),
          method("@LlmRetry(preamble = String.class) Flow.Publisher<String> stream();"),
          method("@LlmRetry(preamble = int.class) Flow.Publisher<String> stream();"),
          method("@LlmRetry(preamble = null) Flow.Publisher<String> stream();"),
          method("@LlmRetry(preamble = \"First\") Flow.Publisher<String> stream();"),
          method("@LlmRetry(preamble = {}) Flow.Publisher<String> stream();"),
          method("@LlmRetry(preamble = ) Flow.Publisher<String> stream();"),
          first("class First implements Predicate<Missing> {}"),
          first("class First extends Missing implements Predicate<String> {}"),
          first("class First implements Predicate<String> { First(Missing m) {} First() {} }"),
          first("class First implements Predicate<String> {}"),
          first("class First implements Predicate<String> { public boolean test(String s) {"),
          first("class First extends First implements Predicate<String> {}"),
          method("@LlmRetry void chat(@StreamCallback Missing handler);"),
          method("@LlmRetry void chat(@StreamCallback Missing<String> handler);"),
          method("@LlmRetry void chat(@StreamCallback Consumer<Missing> handler);"),
          method("@LlmRetry void chat(@StreamCallback Consumer<? super Missing> handler);"),
          method("@LlmRetry void chat(@StreamCallback Consumer<String, String> handler);"),
          method("@LlmRetry void chat(@StreamCallback Flow.Subscriber<Missing> handler);"),
          method("@LlmRetry void chat(@StreamCallback Flow.Subscriber<Missing<?>> handler);"),
          method("@LlmRetry void chat(@StreamCallback(completion = ) Consumer<String> handler);"),
          method("@LlmRetry void chat(@StreamCallback(end = \"a\") Consumer<String> handler);"),
          method("@LlmRetry void chat(@StreamCallback Consumer<String>);"),
          handler("void onText(Missing text);"),
          handler("void onText(String text, Missing more);"),
          handler("void onText(String text) throws Missing;"),
          handler("void onText(String text"),
          "@LlmRetry(max = 2) interface Chat extends Missing { String complete(); }",
          "@LlmRetry interface Chat extends Missing<String> { String complete(); }",
          "@LlmRetry interface Chat extends Base { } interface Base extends Missing { void a(); }",
          "@LlmRetry interface Chat<T extends Missing> { T complete(); }",
          "@LlmRetry interface Chat<T extends T> { T complete(); }",
          "@LlmRetry interface Chat extends Chat { String complete(); }",
          "@LlmRetry interface Chat extends Base { } interface Base extends Chat { void a(); }",
          "@LlmRetry interface Chat extends Comparable { String complete(",
          "@LlmRetry interface Chat extends String { String complete(); }",
          "@LlmRetry interface Chat { String complete(); } interface Chat { }",
          "@LlmRetry interface Chat { String complete();",
          "@LlmRetry interface { String complete(); }",
          "@LlmRetry",
          "@Resilient interface Chat { int a(); } @LlmRetry(max = ) @interface Resilient {}",
          "@Resilient interface Chat { int a(); } @LlmRetry(max = MISSING) @interface Resilient {}",
          "@Resilient interface Chat { int a(); } @LlmRetry @Missing @interface Resilient {}",
          "@Resilient interface Chat { int a(Missing m); } @LlmRetry @interface Resilient {}");

  /** True, and the Eclipse compiler lets us see it. */
  private static final String TWICE = "LR025: @LlmRetry conflicts with @LlmRetry";

  private static String method(String method) {
    return """
        interface Chat {
          %s

          @LlmRetry(max = -1)
          String wrong();
        }
        """
        .formatted(method);
  }

  private static String first(String declaration) {
    return "interface Chat { @LlmRetry(preamble = First.class) Flow.Publisher<String> stream(); } "
        + declaration;
  }

  private static String handler(String methods) {
    return "interface Chat { @LlmRetry void chat(@StreamCallback Handler handler); } "
        + ("interface Handler { " + methods + " }");
  }

  private static String file(String code) {
    return "import dev.llmretry.*; import java.io.*; import java.util.*;"
        + " import java.util.concurrent.Flow; import java.util.function.*;"
        + (" import java.util.stream.Stream;\n" + code);
  }

  @ParameterizedTest
  @FieldSource("BROKEN")
  void brokenCodeIsLeftToTheCompiler(String code) {
    CompilerRun run = compile(code);

    assertLeftToTheCompiler(run);
  }

  @ParameterizedTest
  @FieldSource("BROKEN")
  void brokenCodeIsLeftToTheEclipseCompiler(String code) {
    CompilerRun run = CompilerRun.ecj().source("Chat.java", file(code)).run();

    assertLeftToTheCompiler(run);
  }

  private static CompilerRun compile(String code) {
    return CompilerRun.javac().source("Chat.java", file(code)).run();
  }

  private static void assertLeftToTheCompiler(CompilerRun run) {
    assertThat(run.succeeded()).isFalse();
    assertThat(run.others()).extracting(CompilerMessage::kind).contains(Kind.ERROR);
    assertThat(run.toString()).doesNotContain("\tat ", "Exception:", "Internal compiler error");
    assertThat(run.ours())
        .extracting(CompilerMessage::text)
        .allMatch(text -> text.startsWith("LR001: max = -1 ") || text.startsWith(TWICE));
  }

  @Test
  void circularAnnotationsAreNoTrouble() {
    CompilerRun.javac()
        .source(
            """
            @One
            @interface Two {}

            @Two
            @interface One {}

            interface Chat {
              @One
              String complete(String prompt);
            }
            """)
        .source("@Self @interface Self {}")
        .run()
        .requireClean();
  }

  @Test
  void circularComposedAnnotationsAreReported() {
    CompilerRun run =
        CompilerRun.javac()
            .source(
                """
                @Two
                @interface One {}

                @One
                @dev.llmretry.LlmRetry
                @interface Two {}

                interface Chat {
                  @One
                  String complete(String prompt);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR025");
  }

  @Test
  void missingTypeHidesNoOtherDiagnosticsOfItsInterface() {
    CompilerRun run =
        CompilerRun.javac()
            .source(
                """
                import dev.llmretry.LlmRetry;
                import java.io.InputStream;

                interface Chat {
                  @LlmRetry
                  Missing complete(String prompt);

                  @LlmRetry(max = -1)
                  String upload(InputStream data);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR001", "LR018");
    assertThat(run.others())
        .singleElement()
        .satisfies(message -> assertThat(message.target()).isEqualTo("Missing"));
  }

  @Test
  void missingTypeHidesNothingOfOtherInterfaces() {
    CompilerRun run =
        CompilerRun.javac()
            .sources(
                """
                interface Chat {
                  @dev.llmretry.LlmRetry
                  Missing complete(String prompt);
                }
                """,
                """
                interface Embeddings {
                  @dev.llmretry.LlmRetry(max = 0)
                  String embed(String text);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR002");
    assertThat(run.others()).hasSize(1);
    assertThat(run.generatedSources()).containsOnlyKeys("RetryingEmbeddings");
  }

  static final List<Compiler> COMPILERS = List.of(Compiler.values());

  enum Compiler {
    JAVAC {
      @Override
      CompilerRun.Builder prepare() {
        return CompilerRun.javac();
      }
    },
    ECJ {
      @Override
      CompilerRun.Builder prepare() {
        return CompilerRun.ecj();
      }
    };

    abstract CompilerRun.Builder prepare();
  }

  static final List<String> WAITING =
      List.of(
          "@dev.llmretry.LlmRetry interface Chat { Later complete(String prompt); }",
          "interface Chat { @dev.llmretry.LlmRetry String complete(Later later); }",
          "@dev.llmretry.LlmRetry interface Chat extends Later { String complete(); }",
          "@dev.llmretry.LlmRetry interface Chat { <T extends Later> T complete(); }",
          "@dev.llmretry.LlmRetry interface Chat<T extends Later> { T complete(); }",
          "@dev.llmretry.LlmRetry interface Chat { java.util.List<Later[]> complete(); }",
          """
          interface Chat {
            @dev.llmretry.LlmRetry void chat(@dev.llmretry.StreamCallback Listener listener);

            interface Listener extends Later { void onText(String text); }
          }
          """,
          """
          interface Chat {
            @dev.llmretry.LlmRetry
            void chat(@dev.llmretry.StreamCallback java.util.function.Consumer<Later> handler);
          }
          """,
          """
          interface Chat {
            @dev.llmretry.LlmRetry java.util.concurrent.Flow.Publisher<Later> stream();
          }
          """,
          """
          interface Chat { @Resilient Later complete(String prompt); }
          @dev.llmretry.LlmRetry @interface Resilient {}
          """);

  @ParameterizedTest
  @FieldSource("WAITING")
  void waitsForTypesOfOtherProcessors(String chat) {
    for (Compiler compiler : COMPILERS) {
      CompilerRun run =
          compiler
              .prepare()
              .processorBefore(new LaterProcessor(2))
              .source("Chat.java", chat)
              .run()
              .requireSuccess();

      assertThat(run.ours()).isEmpty();
      assertThat(run.generatedSources()).containsKeys("Later", "RetryingChat");
      assertThat(run.classFiles()).containsKey("RetryingChat");
    }
  }

  @Test
  void judgesWhatWaitedOnce() {
    CompilerRun run =
        CompilerRun.javac()
            .processorBefore(new LaterProcessor(3))
            .source(
                """
                interface Chat {
                  @dev.llmretry.LlmRetry(max = 0)
                  Later complete(String prompt);
                }
                """)
            .run()
            .requireSuccess();

    assertThat(run.ids()).containsExactly("LR002");
  }

  @Test
  void waitsForAnnotatedTypesOfOtherProcessors() {
    CompilerRun run =
        CompilerRun.javac()
            .processorBefore(
                new LaterProcessor(1) {
                  @Override
                  String source() {
                    return "@dev.llmretry.LlmRetry interface Later { String complete(); }";
                  }
                })
            .source("class Unrelated {}")
            .run()
            .requireClean();

    assertThat(run.generatedSources()).containsOnlyKeys("Later", "RetryingLater");
  }

  /** Writes an interface {@code Later}, in a round that can be chosen. */
  private static class LaterProcessor extends AbstractProcessor {

    private final int inRound;
    private int round;

    LaterProcessor(int inRound) {
      this.inRound = inRound;
    }

    String source() {
      return "interface Later {}";
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    /** Something has to be written in each round for there to be another. */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
      round++;
      if (round < inRound) {
        write("Filler" + round, "class Filler" + round + " {}");
      } else if (round == inRound) {
        write("Later", source());
      }
      return false;
    }

    private void write(String name, String source) {
      try (Writer writer = processingEnv.getFiler().createSourceFile(name).openWriter()) {
        writer.write(source);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
