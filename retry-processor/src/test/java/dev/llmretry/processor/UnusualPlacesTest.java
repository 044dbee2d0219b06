package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Annotations where one does not look for them, and annotations that cannot be printed again. */
class UnusualPlacesTest {

  private static final String ANYWHERE =
      """
      package acme;

      @dev.llmretry.LlmRetry
      public @interface Anywhere {}
      """;

  @Test
  void onAPackageItIsReported() {
    CompilerRun run =
        CompilerRun.javac()
            .source(ANYWHERE)
            .source("acme/other/package-info.java", "@acme.Anywhere package acme.other;")
            .run();
    assertThat(run.ids()).containsExactly("LR013");
    assertThat(run.ours().get(0).text()).contains("@Anywhere", "acme.other", "a package");
  }

  @Test
  void onFieldsParametersAndConstructorsItIsReported() {
    CompilerRun run =
        CompilerRun.javac()
            .source(ANYWHERE)
            .source(
                """
                package acme;

                class Odd {
                  @Anywhere int field;

                  @Anywhere
                  Odd(@Anywhere int parameter) {}
                }
                """)
            .run();
    assertThat(run.ids()).containsExactly("LR013", "LR013", "LR013");
  }

  private static CompilerRun library() {
    return CompilerRun.javac()
        .source(
            """
            package lib;

            import java.lang.annotation.*;

            @Target(ElementType.TYPE_USE)
            @Retention(RetentionPolicy.CLASS)
            public @interface Range {
              double max() default 1;

              Class<?> type() default Object.class;
            }
            """)
        .source("package lib; class Hidden {}")
        .source(
            """
            package lib;

            public interface Base {
              @Range(max = Double.POSITIVE_INFINITY) String infinite(@Range(max = 2) String plain);

              @Range(type = Hidden.class) String hidden();
            }
            """)
        .run()
        .requireClean();
  }

  private static final String CLIENT =
      """
      package acme;

      @dev.llmretry.LlmRetry
      interface Client extends lib.Base {}
      """;

  @Test
  void annotationsWhoseValuesCannotBePrintedAreLeftOut() {
    CompilerRun.javac().with(library()).source(CLIENT).run().requireClean();
  }

  @Test
  void annotationsWhoseClassIsMissingAreLeftOut() {
    CompilerRun library = library();
    TreeMap<String, byte[]> without = new TreeMap<>(library.classFiles());
    without.remove("lib.Range");
    CompilerRun incomplete =
        new CompilerRun(true, library.messages(), "", new TreeMap<>(), without, new TreeMap<>());
    CompilerRun run = CompilerRun.javac().with(incomplete).source(CLIENT).run().requireSuccess();
    assertThat(run.generatedSources()).containsKey("acme.RetryingClient");
  }

  @Test
  void anErrorInOneTypeDoesNotKeepAnotherFromBeingGenerated() {
    CompilerRun run =
        CompilerRun.javac()
            .source(
                """
                package acme;

                @dev.llmretry.LlmRetry(max = -1)
                @interface Wrong {}
                """)
            .source("package acme; interface Fine { @dev.llmretry.LlmRetry void ask(); }")
            .run();
    assertThat(run.ids()).containsExactly("LR001");
    assertThat(run.generatedSources()).containsKey("acme.RetryingFine");
  }
}
