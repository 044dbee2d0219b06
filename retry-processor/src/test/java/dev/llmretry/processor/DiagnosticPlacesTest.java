package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where diagnostics appear when what is wrong stands elsewhere: in class files, in modules. */
class DiagnosticPlacesTest {

  private static final String CHAT =
      """
      package acme;

      import dev.llmretry.LlmRetry;

      public interface Chat {
        @LlmRetry
        String complete(String prompt);
      }
      """;

  private static final String WRONG_COMPOSED =
      """
      package acme;

      import dev.llmretry.LlmRetry;

      @LlmRetry(max = -1, multiplier = 0.5)
      public @interface Resilient {}
      """;

  /** As if it came from a build that runs no processor. */
  private static CompilerRun classFiles(String... sources) {
    return CompilerRun.javac().withoutProcessors().sources(sources).run().requireClean();
  }

  @Test
  void composedAnnotationFromAClassFileIsJudgedWhereItIsUsed() {
    CompilerRun run =
        CompilerRun.javac()
            .with(classFiles(WRONG_COMPOSED))
            .source(
                """
                package acme;

                public interface Chat {
                  @Resilient
                  String complete(String prompt);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR001", "LR001");
    assertThat(run.ours()).extracting(CompilerMessage::target).containsOnly("@Resilient");
    assertThat(run.ours())
        .extracting(CompilerMessage::text)
        .anyMatch(text -> text.contains("max = -1"))
        .anyMatch(text -> text.contains("multiplier = 0.5"));
  }

  @Test
  void composedAnnotationFromAClassFileIsJudgedOnATypeOnce() {
    CompilerRun run =
        CompilerRun.javac()
            .with(classFiles(WRONG_COMPOSED))
            .source(
                """
                package acme;

                @Resilient
                public interface Chat {
                  String complete(String prompt);

                  String summarise(String text);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR001", "LR001");
    assertThat(run.ours()).extracting(CompilerMessage::target).containsOnly("@Resilient");
  }

  @Test
  void composedAnnotationFromAClassFileCanBeComposedAgain() {
    CompilerRun run =
        CompilerRun.javac()
            .with(classFiles(WRONG_COMPOSED))
            .source(
                """
                package acme;

                @Resilient
                public @interface Patient {}
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR001", "LR001");
    assertThat(run.ours()).extracting(CompilerMessage::target).containsOnly("@Resilient");
  }

  @Test
  void methodFromAClassFileIsJudgedAtTheInterface() {
    CompilerRun base =
        classFiles(
            """
            package acme;

            import dev.llmretry.LlmRetry;
            import java.io.InputStream;
            import java.util.concurrent.Future;

            public interface Base {
              @LlmRetry(max = -1)
              String complete(String prompt);

              @LlmRetry
              Future<String> upload(InputStream data);

              default void greet() {}
            }
            """);

    CompilerRun run =
        CompilerRun.javac()
            .with(base)
            .source(
                """
                package acme;

                import dev.llmretry.LlmRetry;

                public interface Chat extends Base {
                  @LlmRetry
                  int count(String text);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR001", "LR018", "LR020", "LR022");
    assertThat(run.ours()).extracting(CompilerMessage::line).containsOnly(5L);
    assertThat(run.ours()).extracting(CompilerMessage::column).containsOnly(8L);
  }

  @Test
  void streamsOfAClassFileAreJudgedAtTheInterface() {
    CompilerRun base =
        classFiles(
            """
            package acme;

            import dev.llmretry.LlmRetry;
            import dev.llmretry.StreamCallback;
            import dev.llmretry.StreamRetry;
            import java.util.Spliterator;
            import java.util.concurrent.Flow;
            import java.util.function.Consumer;
            import java.util.function.Predicate;

            public interface Base {
              @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT)
              Spliterator<String> open();

              @LlmRetry(preamble = First.class)
              Flow.Publisher<String> publish();

              @LlmRetry
              void chat(@StreamCallback Consumer<?> handler);

              abstract class First implements Predicate<Integer> {}
            }
            """);

    CompilerRun run =
        CompilerRun.javac()
            .with(base)
            .source(
                """
                package acme;

                public interface Chat extends Base {
                  @dev.llmretry.LlmRetry
                  int count(String text);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR036", "LR037", "LR038", "LR040");
    assertThat(run.ours()).extracting(CompilerMessage::line).containsOnly(3L);
  }

  @Test
  void preambleOfAComposedAnnotationThatCannotBeNamedIsReportedWhereItIsUsed() {
    CompilerRun run =
        CompilerRun.javac()
            .sources(
                """
                package base;

                import dev.llmretry.LlmRetry;
                import java.util.function.Predicate;

                @LlmRetry(preamble = First.class)
                public @interface Resilient {}

                class First implements Predicate<String> {
                  @Override
                  public boolean test(String text) {
                    return text.isEmpty();
                  }
                }
                """,
                """
                package acme;

                import java.util.concurrent.Flow;

                public interface Chat {
                  @base.Resilient
                  Flow.Publisher<String> stream();
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR031", "LR038");
    assertThat(run.ours()).extracting(CompilerMessage::file).containsOnly("Chat.java");
    assertThat(run.ours()).extracting(CompilerMessage::line).containsOnly(7L);
  }

  @Test
  void reactiveStreamsWithoutAdaptersAreReported() {
    CompilerRun old =
        classFiles(
            "package org.reactivestreams; public interface Publisher<T> {}",
            "package org.reactivestreams; public interface Subscriber<T> {}");

    CompilerRun run =
        CompilerRun.javac()
            .with(old)
            .source(
                """
                package acme;

                import dev.llmretry.LlmRetry;
                import dev.llmretry.StreamCallback;
                import org.reactivestreams.*;

                public interface Chat {
                  @LlmRetry
                  Publisher<String> publish();

                  @LlmRetry
                  void subscribe(@StreamCallback Subscriber<String> subscriber);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR034", "LR040");
    assertThat(run.ours())
        .extracting(CompilerMessage::text)
        .allMatch(text -> text.contains("org.reactivestreams:reactive-streams of version 1.0.3"));
  }

  @Test
  void typeFromAClassFileIsJudgedAtTheInterface() {
    CompilerRun base =
        classFiles(
            """
            package acme;

            import dev.llmretry.LlmRetry;

            @LlmRetry(max = 0)
            public interface Base {
              String complete(String prompt);
            }
            """);

    CompilerRun run =
        CompilerRun.javac()
            .with(base)
            .source(
                """
                package acme;

                import dev.llmretry.LlmRetry;

                public interface Chat extends Base {
                  @LlmRetry
                  int count(String text);
                }
                """)
            .run()
            .requireSuccess();

    assertThat(run.ours())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.id()).isEqualTo("LR002");
              assertThat(message.line()).isEqualTo(5);
            });
  }

  @Test
  void typeOfAnotherPackageThatCannotBeNamedIsReported() {
    CompilerRun run =
        CompilerRun.javac()
            .sources(
                """
                package base;

                public interface Base {
                  Secret secret(String prompt);
                }

                class Secret {}
                """,
                """
                package acme;

                @dev.llmretry.LlmRetry
                public interface Chat extends base.Base {}
                """)
            .run();

    assertThat(run.ours())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.text())
                    .startsWith("LR031: secret() ")
                    .contains("cannot access base.Secret"));
  }

  @Test
  void classFileWithTheGeneratedNameIsReported() {
    CompilerRun run =
        CompilerRun.javac()
            .with(classFiles("package acme; public class RetryingChat {}"))
            .source(CHAT)
            .run();

    assertThat(run.ids()).containsExactly("LR023");
  }

  @Test
  void classThatWasGeneratedEarlierIsNotInTheWay() {
    CompilerRun earlier = CompilerRun.javac().source(CHAT).run().requireClean();

    CompilerRun.javac().with(earlier).source(CHAT).run().requireClean();
  }

  @Test
  void twoInterfacesWithTheSameGeneratedNameAreReported() {
    CompilerRun run =
        CompilerRun.javac()
            .sources(
                """
                package acme;

                import dev.llmretry.LlmRetry;

                public class Outer {
                  public interface Chat {
                    @LlmRetry
                    String complete(String prompt);
                  }
                }
                """,
                """
                package acme;

                import dev.llmretry.LlmRetry;

                public interface Outer_Chat {
                  @LlmRetry
                  String complete(String prompt);
                }
                """)
            .run();

    assertThat(run.ids()).containsExactly("LR023");
    assertThat(run.generatedSources()).containsOnlyKeys("acme.RetryingOuter_Chat");
  }

  @Test
  void missingRuntimeOnTheClassPathIsReported() {
    CompilerRun run =
        CompilerRun.javac()
            .classPath(CompilerRun.annotations(), CompilerRun.jspecify())
            .source(CHAT)
            .run();

    assertThat(run.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text())
                  .startsWith("LR030: ")
                  .contains("dev.llmretry.runtime.generated.RetryLoop")
                  .contains("dev.llmretry:retry-runtime")
                  .contains("requires dev.llmretry.runtime;");
              assertThat(message.line()).isEqualTo(5);
            });
    assertThat(run.generatedSources()).isEmpty();
  }

  @Test
  void moduleThatDoesNotReadTheRuntimeIsReported() {
    CompilerRun run = inModule("requires dev.llmretry;");

    assertThat(run.ids()).containsExactly("LR030");
    assertThat(run.others()).isEmpty();
  }

  @Test
  void moduleThatReadsTheRuntimeIsFine() {
    inModule("requires dev.llmretry.runtime;").requireClean();
  }

  private static CompilerRun inModule(String directive) {
    List<Path> modules =
        List.of(CompilerRun.annotations(), CompilerRun.runtime(), CompilerRun.jspecify());
    String path =
        modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return CompilerRun.javac()
        .classPath()
        .options("--module-path", path)
        .source("module acme { " + directive + " exports acme; }")
        .source(CHAT)
        .run();
  }

  @Test
  void orderOfSourcesChangesNothing() {
    String composed =
        """
        package acme;

        import dev.llmretry.LlmRetry;

        @LlmRetry(max = 5)
        public @interface Resilient {}
        """;
    String base =
        """
        package acme;

        import dev.llmretry.LlmRetry;

        public interface Base<T> {
          @LlmRetry(max = 2)
          T ask(String question);

          @Resilient
          T askAgain(String question);
        }
        """;
    String derived =
        """
        package acme;

        @Resilient
        public interface Derived extends Base<String>, Chat {
          int count(String text);
        }
        """;
    List<String> sources = List.of(CHAT, composed, base, derived);

    CompilerRun forwards = compile(sources.stream());
    CompilerRun backwards = compile(Stream.of(3, 2, 1, 0).map(sources::get));

    assertThat(forwards.generatedSources())
        .containsOnlyKeys("acme.RetryingBase", "acme.RetryingChat", "acme.RetryingDerived")
        .isEqualTo(backwards.generatedSources());
  }

  private static CompilerRun compile(Stream<String> sources) {
    return CompilerRun.javac().sources(sources.toArray(String[]::new)).run().requireClean();
  }

  @Test
  void annotationOnAMethodWinsOverThatOnItsType() {
    assertThat(
            maxRetries(
                """
                package acme;

                import dev.llmretry.LlmRetry;
                import dev.llmretry.NoRetry;

                @LlmRetry(max = 1)
                public interface Chat {
                  String first();

                  @LlmRetry(max = 2)
                  String second();

                  @NoRetry
                  String third();
                }
                """))
        .containsExactly("first 1", "second 2");
  }

  @Test
  void annotationOnATypeAppliesToInheritedMethods() {
    assertThat(
            maxRetries(
                """
                package acme;

                import dev.llmretry.LlmRetry;

                @LlmRetry(max = 1)
                public interface Chat extends Base, AutoCloseable {
                  String first();

                  @Override
                  void close();

                  @Override
                  String toString();
                }

                interface Base {
                  String second();

                  @LlmRetry(max = 3)
                  String third();
                }
                """))
        .containsExactly("first 1", "second 1", "third 3");
  }

  @Test
  void nearestAnnotationWins() {
    assertThat(
            maxRetries(
                """
                package acme;

                import dev.llmretry.LlmRetry;
                import dev.llmretry.NoRetry;

                public interface Chat extends Middle {
                  @Override
                  String first();

                  @Override
                  String second();

                  @Override
                  @LlmRetry(max = 4)
                  String third();
                }

                interface Middle extends Base {
                  @Override
                  @LlmRetry(max = 3)
                  String first();

                  @Override
                  @NoRetry
                  String second();

                  @Override
                  @NoRetry
                  String third();
                }

                interface Base {
                  @LlmRetry(max = 1)
                  String first();

                  @LlmRetry(max = 1)
                  String second();

                  @LlmRetry(max = 1)
                  String third();

                  @LlmRetry(max = 1)
                  String fourth();
                }
                """))
        .containsExactly("first 3", "fourth 1", "third 4");
  }

  /** Returns such as {@code complete 3} for each retried method, sorted. */
  private static List<String> maxRetries(String chat) {
    String generated =
        CompilerRun.javac()
            .source(chat)
            .run()
            .requireSuccess()
            .generatedSource("acme.RetryingChat");
    return Pattern.compile("builder\\(\"acme\\.Chat\\.(\\w+)\"\\)\\s*\\.maxRetries\\((\\d+)\\)")
        .matcher(generated)
        .results()
        .map(result -> result.group(1) + " " + result.group(2))
        .sorted()
        .toList();
  }
}
