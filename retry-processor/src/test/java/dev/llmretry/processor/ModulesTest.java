package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CancellationToken;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aspectj.lang.JoinPoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be read from a user's module decides what generated code may name. */
@Tag("costly")
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

  private static String modulePath(Path... more) {
    return Stream.concat(
            Stream.of(CompilerRun.annotations(), CompilerRun.runtime()), Stream.of(more))
        .map(Path::toString)
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static CompilerRun compile(String module) {
    return CompilerRun.javac()
        .options("--module-path", modulePath(), "-Xlint:all")
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

  private static final String WOVEN =
      """
      package acme.api;

      import dev.llmretry.LlmRetry;
      import dev.llmretry.runtime.CancellationToken;

      public class Client {
        public int calls;

        @LlmRetry(baseDelayMs = 0)
        public String inLoop(CancellationToken token) {
          return attempt();
        }

        @LlmRetry(baseDelayMs = 0, attemptTimeoutMs = 60_000)
        public String timed(CancellationToken token) {
          return attempt();
        }

        private String attempt() {
          calls++;
          if (calls < 3) {
            throw new java.io.UncheckedIOException(new java.net.ConnectException("refused"));
          }
          return "ok";
        }
      }
      """;

  private static CompilerRun.Builder weaving(String module) {
    return CompilerRun.javac()
        .options(
            "--module-path",
            modulePath(CompilerRun.aspectj(), CompilerRun.locationOf(JoinPoint.class)))
        .options("-Allmretry.weaving=aspectj")
        .source("module-info.java", module)
        .source(WOVEN)
        .classPath();
  }

  @Test
  void aModuleThatDoesNotReadTheAspectsIsToldSo() {
    CompilerRun run =
        weaving("module acme { requires dev.llmretry.runtime; exports acme.api; }").run();
    assertThat(run.ids()).containsExactly("LR030");
    assertThat(run.ours().get(0).text())
        .contains("dev.llmretry:retry-aspectj", "requires dev.llmretry.aspectj;");
    assertThat(run.generatedSources()).isEmpty();
  }

  @Test
  void aModuleThatReadsAspectjIsWovenAndRunsAsOne(@TempDir Path directory) throws Exception {
    CompilerRun run =
        Weaver.weave(
            weaving(
                    """
                    module acme {
                      requires dev.llmretry.aspectj;

                      exports acme.api;
                    }
                    """)
                .run()
                .requireClean());
    Weaver.write(directory, run.classFiles());
    ModuleFinder finder =
        ModuleFinder.of(
            directory,
            CompilerRun.annotations(),
            CompilerRun.runtime(),
            CompilerRun.aspectj(),
            CompilerRun.locationOf(JoinPoint.class));
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), Set.of("acme"));
    Class<?> client =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
            .findLoader("acme")
            .loadClass("acme.api.Client");
    assertThat(client.getModule().getName()).isEqualTo("acme");
    for (String method : List.of("inLoop", "timed")) {
      Object object = client.getConstructor().newInstance();
      assertThat(client.getMethod(method, tokenOf(client)).invoke(object, new Object[] {null}))
          .isEqualTo("ok");
      assertThat(client.getField("calls").getInt(object)).isEqualTo(3);
    }
  }

  /** The layer has classes of its own. */
  private static Class<?> tokenOf(Class<?> client) throws ClassNotFoundException {
    return client.getClassLoader().loadClass(CancellationToken.class.getName());
  }

  @Test
  void aModuleThatDoesNotReadTheRuntimeIsToldSo() {
    CompilerRun run = compile("module acme { requires dev.llmretry; exports acme.api; }");
    assertThat(run.ids()).containsExactly("LR030");
    assertThat(run.generatedSources()).isEmpty();
  }
}
