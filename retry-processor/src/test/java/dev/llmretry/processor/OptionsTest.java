package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build and a source file can say about diagnostics. */
class OptionsTest {

  /** A warning at a value, one at a method, one at a parameter, one at a method, and a note. */
  private static final String WARNINGS =
      """
      package acme;

      import dev.llmretry.LlmRetry;
      import dev.llmretry.NoRetry;
      import dev.llmretry.Replayable;
      import java.io.IOException;

      %1$s
      class Outer {
        %2$s
        interface Chat {
          %3$s
          @LlmRetry(max = 0)
          String complete(String prompt);

          %3$s
          default String greet() {
            return complete("Hello");
          }

          %3$s
          @LlmRetry
          String summarise(%4$s @Replayable String text);

          %3$s
          @LlmRetry(retryOn = IOException.class)
          String translate(String text);
        }
      }
      """;

  private static final List<String> WARNING_IDS = List.of("LR002", "LR022", "LR029", "LR010");

  private static final String SUPPRESS =
      "@SuppressWarnings({\"LR002\", \"LR022\", \"LR029\", \"LR010\"})";

  private static CompilerRun.Builder warnings(
      String onOuter, String onChat, String onMethods, String onParameter) {
    return CompilerRun.javac().source(WARNINGS.formatted(onOuter, onChat, onMethods, onParameter));
  }

  @Test
  void warningsAndNotesDoNotFailTheBuild() {
    CompilerRun run = warnings("", "", "", "").run().requireSuccess();

    assertThat(run.ids()).containsExactlyElementsOf(WARNING_IDS);
    assertThat(run.ofKind(Kind.WARNING)).hasSize(3);
    assertThat(run.ofKind(Kind.NOTE)).hasSize(1);
    assertThat(run.generatedSources()).containsOnlyKeys("acme.RetryingOuter_Chat");
  }

  @Test
  void suppressWarningsOnMethodsSilences() {
    warnings("", "", SUPPRESS, "").run().requireClean();
  }

  @Test
  void suppressWarningsOnTheTypeSilences() {
    warnings("", SUPPRESS, "", "").run().requireClean();
  }

  @Test
  void suppressWarningsOnAnEnclosingTypeSilences() {
    warnings(SUPPRESS, "", "", "").run().requireClean();
  }

  @Test
  void suppressWarningsOnAParameterSilencesThere() {
    CompilerRun run = warnings("", "", "", SUPPRESS).run();

    assertThat(run.ids()).containsExactly("LR002", "LR022", "LR010");
  }

  @Test
  void suppressWarningsNamesSingleIds() {
    CompilerRun run = warnings("", "@SuppressWarnings(\"LR022\")", "", "").run();

    assertThat(run.ids()).containsExactly("LR002", "LR029", "LR010");
  }

  @Test
  void suppressWarningsOfOtherThingsSilencesNothing() {
    CompilerRun run = warnings("", "@SuppressWarnings(\"all\")", "", "").run();

    assertThat(run.ids()).containsExactlyElementsOf(WARNING_IDS);
  }

  @Test
  void suppressWarningsOnAComposedAnnotationSilencesThere() {
    CompilerRun.javac()
        .source(
            """
            package acme;

            import dev.llmretry.LlmRetry;

            @LlmRetry(max = 0)
            @SuppressWarnings("LR002")
            @interface Resilient {}

            interface Chat {
              @Resilient
              String complete(String prompt);
            }
            """)
        .run()
        .requireClean();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LR002,LR022,LR029,LR010",
        "LR002, LR010, LR022, LR029",
        ",LR029,,LR022,LR010,LR002,"
      })
  void offSilences(String ids) {
    warnings("", "", "", "").options("-Allmretry.off=" + ids).run().requireClean();
  }

  @Test
  void offNamesSingleIds() {
    CompilerRun run = warnings("", "", "", "").options("-Allmretry.off=LR010").run();

    assertThat(run.ids()).containsExactly("LR002", "LR022", "LR029");
  }

  @Test
  void offSilencesNothingIfEmpty() {
    CompilerRun run = warnings("", "", "", "").options("-Allmretry.off=").run();

    assertThat(run.ids()).containsExactlyElementsOf(WARNING_IDS);
  }

  private static final String STREAM_WARNINGS =
      """
      package acme;

      import dev.llmretry.LlmRetry;
      import dev.llmretry.NoRetry;
      import dev.llmretry.StreamCallback;
      import dev.llmretry.StreamRetry;
      import java.util.function.Consumer;
      import java.util.function.Predicate;

      interface Chat {
        %1$s
        @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, preamble = First.class)
        String complete(String prompt);

        @NoRetry
        void chat(%2$s @StreamCallback Consumer<String> handler);

        class First implements Predicate<String> {
          @Override
          public boolean test(String text) {
            return text.isEmpty();
          }
        }
      }
      """;

  private static CompilerRun.Builder streamWarnings(String onMethod, String onParameter) {
    return CompilerRun.javac().source(STREAM_WARNINGS.formatted(onMethod, onParameter));
  }

  @Test
  void warningsAboutStreamsDoNotFailTheBuild() {
    CompilerRun run = streamWarnings("", "").run().requireSuccess();

    assertThat(run.ids()).containsExactly("LR035", "LR039", "LR041");
    assertThat(run.ofKind(Kind.WARNING)).hasSize(3);
    assertThat(run.generatedSources()).containsOnlyKeys("acme.RetryingChat");
  }

  @Test
  void warningsAboutStreamsCanBeSilenced() {
    streamWarnings("@SuppressWarnings({\"LR035\", \"LR039\"})", "@SuppressWarnings(\"LR041\")")
        .run()
        .requireClean();
    streamWarnings("", "").options("-Allmretry.off=LR035,LR039,LR041").run().requireClean();
  }

  @Test
  void errorsCannotBeSilenced() {
    CompilerRun run =
        CompilerRun.javac()
            .options("-Allmretry.off=LR001,LR018")
            .source(
                """
                package acme;

                import dev.llmretry.LlmRetry;
                import java.io.InputStream;

                @SuppressWarnings({"LR001", "LR018"})
                interface Chat {
                  @SuppressWarnings({"LR001", "LR018"})
                  @LlmRetry(max = -1)
                  String upload(@SuppressWarnings("LR018") InputStream data);
                }
                """)
            .run();

    assertThat(run.succeeded()).isFalse();
    assertThat(run.ids()).containsExactly("LR033", "LR033", "LR001", "LR018");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LR999", "LR001", "lr002", "max"})
  void offReportsWhatIsNoIdOfAWarning(String id) {
    CompilerRun run =
        warnings("", "", "", "")
            .options("-Allmretry.off=LR002,LR022,LR029,LR010," + id)
            .run()
            .requireSuccess();

    assertThat(run.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.id()).isEqualTo("LR033");
              assertThat(message.kind()).isEqualTo(Kind.WARNING);
              assertThat(message.text())
                  .contains("-Allmretry.off contains " + id + ",")
                  .contains("Valid ids are LR002, LR004, ");
            });
  }

  @Test
  void offSilencesTheReportOnItself() {
    warnings("", "", "", "")
        .options("-Allmretry.off=LR002,LR022,LR029,LR010,LR999,LR033")
        .run()
        .requireClean();
  }

  @Test
  void composedAnnotationsCanBeDeclaredForBuildsThatReportWhatNobodyClaims() {
    String source =
        """
        package acme;

        import dev.llmretry.LlmRetry;

        public interface Chat {
          @Resilient
          String complete(String prompt);

          @LlmRetry
          @interface Resilient {}
        }
        """;

    CompilerRun undeclared = CompilerRun.javac().options("-Xlint:all").source(source).run();
    CompilerRun declared =
        CompilerRun.javac()
            .options("-Xlint:all", "-Werror", "-Allmretry.composed=acme.Chat.Resilient")
            .source(source)
            .run()
            .requireClean();

    assertThat(undeclared.messages())
        .singleElement()
        .satisfies(message -> assertThat(message.text()).startsWith("No processor claimed any"));
    assertThat(declared.generatedSources()).isEqualTo(undeclared.generatedSources());
  }
}
