package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interfaces as Kotlin compiles them. */
@Tag("costly")
class KotlinInterfacesTest {

  /** As Kotlin names a function that takes a value class. */
  private static final String NAME = "plus-LRDsOJo";

  private static final CompilerRun KOTLIN =
      named(
          CompilerRun.javac()
              .sources(
                  "package kotlin; public interface Clock { String plus_LRDsOJo(long time); }",
                  """
                  package kotlin;

                  public interface Ticks extends AutoCloseable {
                    java.util.Iterator<String> elements();

                    void plus_LRDsOJo(long time);
                  }
                  """,
                  """
                  package kotlin;

                  @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                  public @interface Deprecated {}
                  """,
                  """
                  package kotlin;

                  /** @deprecated The compiler marks it, but without Java's annotation. */
                  @kotlin.Deprecated
                  public interface Thread {
                    interface Message {}
                  }
                  """,
                  """
                  package kotlin;

                  public interface ThreadService {
                    Thread create(Thread.Message message);

                    /** @deprecated As above. */
                    @kotlin.Deprecated
                    String delete(String id);
                  }
                  """)
              .run()
              .requireSuccess());

  private static CompilerRun named(CompilerRun run) {
    SortedMap<String, byte[]> classFiles = new TreeMap<>();
    run.classFiles()
        .forEach(
            (name, bytes) -> {
              String text = new String(bytes, StandardCharsets.ISO_8859_1);
              String renamed = text.replace("plus_LRDsOJo", NAME);
              classFiles.put(name, renamed.getBytes(StandardCharsets.ISO_8859_1));
            });
    return new CompilerRun(
        true, run.messages(), run.output(), run.generatedSources(), classFiles, new TreeMap<>());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interface Chat extends kotlin.Clock { @LlmRetry String complete(String prompt); }",
        """
        interface Chat {
          @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) kotlin.Ticks stream(String prompt);
        }
        """
      })
  void whatCannotBeImplementedIsRefused(String chat) {
    String source = "package acme; import dev.llmretry.*; " + chat;
    for (CompilerRun.Builder compiler : new CompilerRun.Builder[] {javac(), ecj()}) {
      CompilerRun run = compiler.source(source).run();
      assertThat(run.ids()).containsExactly("LR031");
      assertThat(run.ours().get(0).text()).contains("cannot access " + NAME);
    }
  }

  /** kapt leaves out such functions; only the metadata names them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@LlmRetry interface Chat {",
        "interface Chat {} @LlmRetry interface B extends Chat {"
      })
  void whatKaptDoesNotShowIsRefused(String declarations) {
    CompilerRun run =
        javac()
            .sources(
                "package kotlin; public @interface Metadata { String[] d2(); }",
                """
                package acme;

                import dev.llmretry.LlmRetry;

                @kotlin.Metadata(d2 = {"Lacme/Chat;", "", "complete", "ask-IoAF18A", "a-b"})
                %s
                  String complete(String prompt);
                }
                """
                    .formatted(declarations))
            .run();
    assertThat(run.ids()).containsExactly("LR031");
    assertThat(run.ours().get(0).text()).contains("cannot access ask-IoAF18A.");
  }

  @Test
  void whatIsDeprecatedIsUsedWithoutAWarning() {
    String source =
        "package acme; @dev.llmretry.LlmRetry interface Chat extends kotlin.ThreadService {}";
    javac().options("-Xlint:all", "-Werror").source(source).run().requireClean();
    ecj().source(source).run().requireClean();
  }

  @Test
  void openingAStreamThatCannotBeImplementedIsRetried() {
    javac()
        .source(
            """
            package acme;

            interface Chat {
              @dev.llmretry.LlmRetry
              kotlin.Ticks stream(String prompt);
            }
            """)
        .run()
        .requireClean();
  }

  /** As kapt shows an interface with a default method. */
  @Test
  void annotationsThatDefaultImplsRepeatsHaveNoEffect() {
    CompilerRun run =
        javac()
            .sources(
                "package kotlin; public @interface Metadata { int k() default 1; }",
                """
                package acme;

                import dev.llmretry.*;

                @kotlin.Metadata
                public interface Chat {
                  @LlmRetry String complete(String prompt);

                  @LlmRetry String greet(@Replayable java.io.InputStream name);

                  @kotlin.Metadata(k = 3)
                  public static final class DefaultImpls {
                    @LlmRetry
                    public static String greet(Chat $this, @Replayable java.io.InputStream name) {
                      return $this.complete("");
                    }
                  }
                }
                """)
            .run()
            .requireClean();

    assertThat(run.generatedSources()).containsOnlyKeys("acme.RetryingChat");
  }

  @Test
  void aClassOfThatNameInJavaIsNotIgnored() {
    assertThat(
            javac()
                .source(
                    """
                    interface Chat {
                      class DefaultImpls { @dev.llmretry.LlmRetry void greet() {} }
                    }
                    """)
                .run()
                .ids())
        .containsExactly("LR014");
  }

  /** In Kotlin, {@code List<Int>} is a {@code Collection<Number>}. */
  @Test
  void anOverrideThatJavaDoesNotPermitIsImplemented() {
    String owner = "package lib; public interface Owner { java.util.Collection<%s> elements(); }";
    CompilerRun permitted =
        CompilerRun.javac()
            .withoutProcessors()
            .sources(
                owner.formatted("Integer"),
                """
                package lib;
                public interface Narrower extends Owner { java.util.List<Integer> elements(); }
                """)
            .run()
            .requireClean();
    CompilerRun library =
        CompilerRun.javac()
            .withoutProcessors()
            .source(owner.formatted("Number"))
            .run()
            .requireClean();
    // The Eclipse compiler refuses the annotated interface itself.
    CompilerRun run =
        CompilerRun.javac()
            .options("-Xlint:all", "-Werror")
            .with(permitted)
            .with(library)
            .source("package acme; @dev.llmretry.LlmRetry interface Wide extends lib.Owner {}")
            .source("package acme; @dev.llmretry.LlmRetry interface All extends lib.Narrower {}")
            .run()
            .requireClean();

    assertThat(run.generatedSource("acme.RetryingAll")).contains("public List elements()");
    assertThat(run.generatedSource("acme.RetryingWide"))
        .contains("public Collection<Number> elements()");
  }

  private static CompilerRun.Builder javac() {
    return CompilerRun.javac().with(KOTLIN);
  }

  private static CompilerRun.Builder ecj() {
    return CompilerRun.ecj().with(KOTLIN);
  }
}
