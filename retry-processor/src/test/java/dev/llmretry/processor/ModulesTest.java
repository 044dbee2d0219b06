package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be read from a user's module decides what generated code may name. */
class ModulesTest {

  private static final String CLIENT =
      """
      package acme.api;

      import dev.llmretry.LlmRetry;

      public interface ChatClient {
        @LlmRetry
        String complete(String prompt);
      }
      """;

  private static CompilerRun compile(String module) {
    String modulePath =
        Stream.of(CompilerRun.annotations(), CompilerRun.runtime())
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator")));
    return CompilerRun.javac()
        .options("--module-path", modulePath, "-Xlint:all")
        .source("module-info.java", module)
        .source(CLIENT)
        .classPath()
        .run();
  }

  @Test
  void aModuleThatDoesNotReadJavaCompilerCompilesWithoutAWarning() {
    CompilerRun run =
        compile("module acme { requires dev.llmretry.runtime; exports acme.api; }").requireClean();
    assertThat(run.generatedSource("acme.api.RetryingChatClient"))
        .contains("@GeneratedByLlmRetry")
        .doesNotContain("@Generated(");
  }

  @Test
  void aModuleThatReadsJavaCompilerGetsTheStandardAnnotation() {
    CompilerRun run =
        compile(
                """
                module acme {
                  requires dev.llmretry.runtime;
                  requires java.compiler;

                  exports acme.api;
                }
                """)
            .requireClean();
    assertThat(run.generatedSource("acme.api.RetryingChatClient")).contains("@Generated(");
  }

  @Test
  void aModuleThatDoesNotReadTheRuntimeIsToldSo() {
    CompilerRun run = compile("module acme { requires dev.llmretry; exports acme.api; }");
    assertThat(run.ids()).containsExactly("LR030");
    assertThat(run.generatedSources()).isEmpty();
  }
}
