package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.RetryRuntime;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Wrappers of interfaces of a library, which no class of the library knows to be annotated. */
class ForeignInterfacesTest {

  /** All that a client inherits from LangChain4j's has a body. */
  private static final String CHAT_MODEL =
      """
      package lib;

      import java.util.List;

      public interface ChatModel {
        default String chat(String request) { return doChat(request); }

        default String chat(List<String> requests) { return chat(String.join(" ", requests)); }

        default String doChat(String request) { throw new UnsupportedOperationException(); }

        default List<Listener> listeners() { return List.of(); }

        default Sub sub() { return null; }

        default ChatModel withOptions(java.util.function.Consumer<StringBuilder> options) {
          return this;
        }

        class Listener {}

        interface Sub { String create(String request); }
      }
      """;

  private static final String OPEN_AI_MODEL =
      """
      package lib;

      import dev.llmretry.processor.Script;

      public class OpenAiModel implements ChatModel {
        @Override
        public String doChat(String request) { return Script.attempt(request + "!", request); }

        @Override
        public java.util.List<Listener> listeners() { return Script.attempt(null); }

        @Override
        public Sub sub() { return Script.attempt(null); }
      }
      """;

  private static final CompilerRun LIBRARY =
      CompilerRun.javac()
          .classPath(CompilerRun.locationOf(Script.class))
          .sources(CHAT_MODEL, OPEN_AI_MODEL)
          .withoutProcessors()
          .run()
          .requireSuccess();

  private static final String RETRIED =
      """
      package acme;

      import dev.llmretry.LlmRetry;

      @LlmRetry(max = 2)
      public interface Retried extends lib.ChatModel {
        default String ask(String question) { return chat(question) + chat(question); }
      }
      """;

  private static final String PARSING =
      """
      package acme;

      import dev.llmretry.LlmRetry;

      @LlmRetry(max = 1)
      public interface Parsing extends lib.ChatModel {
        @LlmRetry(max = 3, retryOn = NumberFormatException.class)
        default int number(String question) { return Integer.parseInt(chat(question)); }
      }
      """;

  private static final String OWN_MODEL =
      """
      package acme;

      import dev.llmretry.processor.Script;

      public class OwnModel implements Retried {
        @Override
        public String ask(String question) { return Script.attempt("own", question); }
      }
      """;

  private static ClassLoader loader;

  private final TestEnvironment environment = new TestEnvironment();

  @BeforeAll
  static void compile() {
    loader =
        CompilerRun.javac()
            .classPath(
                CompilerRun.annotations(),
                CompilerRun.runtime(),
                CompilerRun.jspecify(),
                CompilerRun.locationOf(Script.class),
                CompilerRun.locationOf(ProviderError.class))
            .with(LIBRARY)
            .sources(RETRIED, PARSING, OWN_MODEL)
            .options("-Xlint:all", "-Werror")
            .run()
            .requireClean()
            .classLoader();
  }

  private Object wrapper(String name, String delegate) throws ReflectiveOperationException {
    Constructor<?> constructor =
        loader
            .loadClass("acme.Retrying" + name)
            .getConstructor(loader.loadClass("lib.ChatModel"), RetryRuntime.class);
    return constructor.newInstance(
        loader.loadClass(delegate).getConstructor().newInstance(), environment.runtime());
  }

  private static Object call(Object wrapper, String method, Class<?> type, Object... arguments) {
    return Reflection.unchecked(
        () -> {
          try {
            return type == null
                ? wrapper.getClass().getMethod(method).invoke(wrapper)
                : wrapper.getClass().getMethod(method, type).invoke(wrapper, arguments);
          } catch (java.lang.reflect.InvocationTargetException e) {
            throw Reflection.<RuntimeException>sneak(e.getCause());
          }
        });
  }

  @Test
  void anObjectOfTheLibraryIsRetried() throws ReflectiveOperationException {
    Script.fail(2);
    Object wrapper = wrapper("Retried", "lib.OpenAiModel");
    assertThat(call(wrapper, "chat", String.class, "Hi")).isEqualTo("Hi!");
    assertThat(environment.events).containsExactly("retry 1 SERVER", "retry 2 SERVER", "success 3");
  }

  @Test
  void aDefaultMethodOfTheLibraryIsRetriedAsAWhole() throws ReflectiveOperationException {
    Script.fail(1);
    Object wrapper = wrapper("Retried", "lib.OpenAiModel");
    assertThat(call(wrapper, "chat", List.class, List.of("a", "b"))).isEqualTo("a b!");
    assertThat(environment.events).containsExactly("retry 1 SERVER", "success 2");
  }

  @Test
  void accessorsAreNeitherRetriedNorReported() throws ReflectiveOperationException {
    Object wrapper = wrapper("Retried", "lib.OpenAiModel");
    for (String accessor : List.of("listeners", "sub")) {
      Script.failAlways();
      assertThatThrownBy(() -> call(wrapper, accessor, null)).isSameAs(Script.failure());
      assertThat(Script.attempts()).isOne();
    }
    assertThat(environment.events).isEmpty();
  }

  /** Else its argument would have to be marked as a callback, or as replayable. */
  @Test
  void copiesOfTheClientAreNotRetried() throws ReflectiveOperationException {
    Script.fail(0);
    Object wrapper = wrapper("Retried", "lib.OpenAiModel");
    Object copy = call(wrapper, "withOptions", Consumer.class, (Object) null);
    assertThat(copy.getClass().getSimpleName()).isEqualTo("OpenAiModel");
    assertThat(environment.events).isEmpty();
  }

  @Test
  void anOwnDefaultMethodRunsOnTheWrapper() throws ReflectiveOperationException {
    Script.fail(1);
    Object wrapper = wrapper("Retried", "lib.OpenAiModel");
    assertThat(call(wrapper, "ask", String.class, "Hi")).isEqualTo("Hi!Hi!");
    assertThat(environment.events).containsExactly("retry 1 SERVER", "success 2", "success 1");
    assertThat(Script.attempts()).isEqualTo(3);
  }

  @Test
  void anOwnDefaultMethodRunsOnADelegateThatHasIt() throws ReflectiveOperationException {
    Script.fail(1);
    Object wrapper = wrapper("Retried", "acme.OwnModel");
    assertThat(call(wrapper, "ask", String.class, "Hi")).isEqualTo("own");
    assertThat(environment.events).containsExactly("retry 1 SERVER", "success 2");
  }

  @Test
  void anAnnotatedOwnDefaultMethodIsRetriedAsAWholeOnTheWrapper()
      throws ReflectiveOperationException {
    Script.fail(0);
    Object wrapper = wrapper("Parsing", "lib.OpenAiModel");
    assertThatThrownBy(() -> call(wrapper, "number", String.class, "Hi"))
        .isInstanceOf(NumberFormatException.class);
    assertThat(Script.attempts()).isEqualTo(4);
  }
}
