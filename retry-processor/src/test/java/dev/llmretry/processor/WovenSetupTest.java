package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.RetryRuntime;
import java.lang.reflect.Constructor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of annotated classes of which the processor or the weaver has not heard. */
class WovenSetupTest {

  private static final String CLIENT =
      """
      package acme;

      import dev.llmretry.LlmRetry;
      import dev.llmretry.processor.Script;

      public class Client {
        @LlmRetry
        public String ask() {
          return Script.attempt("ok");
        }

        @LlmRetry(deadlineMs = 60_000)
        public String timed() {
          return Script.attempt("ok");
        }
      }
      """;

  private final TestEnvironment world = new TestEnvironment();

  @BeforeEach
  void useTheVirtualClock() {
    AspectJRetries.use(world.runtime());
  }

  @AfterEach
  void useTheStandardRuntimeAgain() {
    AspectJRetries.use(RetryRuntime.standard());
  }

  private static CompilerRun.Builder javac() {
    return CompilerRun.javac()
        .options("-Allmretry.weaving=aspectj")
        .classPath(
            CompilerRun.annotations(),
            CompilerRun.runtime(),
            CompilerRun.aspectj(),
            CompilerRun.jspecify(),
            CompilerRun.locationOf(ProviderError.class),
            CompilerRun.locationOf(Script.class));
  }

  private static Class<?> client(ClassLoader loader) throws ClassNotFoundException {
    return loader.loadClass("acme.Client");
  }

  private static Object make(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  @Test
  void aWovenClassIsAsRequired() throws Exception {
    Class<?> client = client(Weaver.BUILD_TIME.load(javac().source(CLIENT).run().requireClean()));
    assertThatCode(() -> AspectJRetries.requireWoven(client)).doesNotThrowAnyException();
  }

  @Test
  void aClassThatNothingHasWovenIsReported() throws Exception {
    Class<?> client = client(javac().source(CLIENT).run().requireClean().classLoader());
    assertThatThrownBy(() -> AspectJRetries.requireWoven(client))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("acme.Client was compiled to be woven, but nothing has woven it")
        .hasMessageContaining("-javaagent:aspectjweaver.jar");
    Script.failAlways();
    Object object = make(client);
    assertThat(catchThrowable(() -> Reflection.call(client, object, "ask")))
        .isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(1);
  }

  @Test
  void aClassThatNoProcessorHasSeenIsReported() throws Exception {
    CompilerRun run = javac().withoutProcessors().source(CLIENT).run().requireSuccess();
    for (ClassLoader loader : new ClassLoader[] {run.classLoader(), Weaver.BUILD_TIME.load(run)}) {
      Class<?> client = client(loader);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> AspectJRetries.requireWoven(client))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("acme.Client has methods to retry")
            .hasMessageContaining("processor path")
            .hasNoCause();
      }
    }
  }

  /** In the standard runtime nobody asks for the settings until something fails. */
  @Test
  void withoutACompanionTheFailureIsNotLost() throws Exception {
    AspectJRetries.use(RetryRuntime.standard());
    CompilerRun run = javac().withoutProcessors().source(CLIENT).run().requireSuccess();
    Class<?> client = client(Weaver.BUILD_TIME.load(run));
    Object object = make(client);
    Script.fail(0);
    assertThat(Reflection.call(client, object, "ask")).isEqualTo("ok");
    Script.failAlways();
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> Reflection.call(client, object, "ask"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("acme.Client has methods to retry")
          .hasCause(Script.failure());
      assertThat(Script.attempts()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ask", "timed"})
  void withoutACompanionNothingIsCalledWhereItIsNeededAtOnce(String method) throws Exception {
    CompilerRun run = javac().withoutProcessors().source(CLIENT).run().requireSuccess();
    Class<?> client = client(Weaver.BUILD_TIME.load(run));
    Object object = make(client);
    Script.fail(0);
    assertThatThrownBy(() -> Reflection.call(client, object, method))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("acme.Client has methods to retry");
    assertThat(Script.attempts()).isZero();
  }

  /** As mocks and proxies are made: by another loader, which has no companion. */
  @Test
  void subclassesOfAnotherLoaderAreRetriedAsTheClassIs() throws Exception {
    CompilerRun client = Weaver.weave(javac().source(CLIENT).run().requireClean());
    CompilerRun subclass =
        javac()
            .with(client)
            .source(
                "acme/Client$Mock$1.java",
                "package acme; public class Client$Mock$1 extends Client {}")
            .run()
            .requireClean();
    ClassLoader parent = client.classLoader();
    byte[] bytes = subclass.classFiles().get("acme.Client$Mock$1");
    ClassLoader child =
        new ClassLoader(parent) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    Object mock = make(child.loadClass("acme.Client$Mock$1"));
    Script.failAlways();
    assertThat(catchThrowable(() -> Reflection.call(mock.getClass(), mock, "ask")))
        .isSameAs(Script.failure());
    assertThat(Script.attempts()).isEqualTo(4);
  }

  private static CompilerRun compile(String type) {
    return javac().source("package acme; import dev.llmretry.*; " + type).run();
  }

  @Test
  void theCompanionOfAClassInAGenericOneCompiles() {
    compile(
            """
            public class Outer<T extends Comparable<T>> {
              public class Inner<S> {
                @LlmRetry(deadlineMs = 60_000)
                T ask(S some) {
                  return null;
                }
              }
            }
            """)
        .requireClean();
  }

  @Test
  void aBoundThatTheCompanionCannotNameIsRefused() {
    CompilerRun run =
        compile(
            """
            public class Outer<B extends Outer.Bound<?>> {
              static class Bound<T> {}

              private static class Secret {}

              @LlmRetry(deadlineMs = 60_000)
              private <T extends Secret> String ask(T some) {
                return null;
              }

              @LlmRetry(deadlineMs = 60_000)
              private <T extends Comparable<Secret>> T tell(T some) {
                return null;
              }
            }
            """);
    assertThat(run.others()).isEmpty();
    assertThat(run.ids()).containsExactly("LR031", "LR031");
  }

  @Test
  void whatEveryEnumInheritsIsNothingToWarnOf() {
    compile("@LlmRetry enum Model { ONE; void ask() {} }").requireClean();
  }
}
