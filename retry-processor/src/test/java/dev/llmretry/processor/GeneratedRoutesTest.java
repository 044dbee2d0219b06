package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wrappers of {@code @Routed} interfaces do with several delegates. */
class GeneratedRoutesTest {

  private static final String CHAT =
      """
      package acme;

      import dev.llmretry.*;
      import dev.llmretry.runtime.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.stream.*;

      @SuppressWarnings({"all", "LR057"})
      @Routed(fallbackOnKinds = FailureKind.CONTENT_FILTERED)
      public interface Chat extends AutoCloseable {
        @LlmRetry String blocking() throws java.io.IOException;
        @LlmRetry(attemptTimeoutMs = 1000) String timed() throws java.io.IOException;
        @LlmRetry String withAttempt(Attempt attempt) throws java.io.IOException;
        @LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT) Stream<String> stream();
        @LlmRetry void consumer(@StreamCallback Consumer<String> each);
        @LlmRetry CompletableFuture<String> future();
        @LlmRetry CompletableFuture<String> futureWithToken(CancellationToken token);
        @LlmRetry Flow.Publisher<String> publisher();
        String unretried();
        void close() throws java.io.IOException;
      }
      """;

  private static ClassLoader loader;

  private final TestEnvironment environment = new TestEnvironment();
  private final List<String> called = new ArrayList<>();
  private FailureKind failureOfFirst;

  @BeforeAll
  static void compile() {
    loader = CompilerRun.javac().source(CHAT).run().requireClean().classLoader();
  }

  private Object delegate(String name) throws ClassNotFoundException {
    return Proxy.newProxyInstance(
        loader,
        new Class<?>[] {loader.loadClass("acme.Chat")},
        (proxy, method, arguments) -> {
          called.add(name);
          boolean fails = failureOfFirst != null && name.equals("a");
          return fails ? fail(method) : succeed(method, name, arguments);
        });
  }

  private Object fail(Method method) throws IOException {
    var error = new ProviderError(failureOfFirst);
    if (method.getReturnType() == CompletableFuture.class) {
      return CompletableFuture.failedFuture(error);
    }
    if (method.getReturnType() == Stream.class || method.getParameterCount() == 1) {
      throw Reflection.<RuntimeException>sneak(error);
    }
    throw error;
  }

  @SuppressWarnings("unchecked")
  private static Object succeed(Method method, String name, Object[] arguments) {
    Class<?> type = method.getReturnType();
    if (type == CompletableFuture.class) {
      return CompletableFuture.completedFuture(name);
    }
    if (type == Stream.class) {
      return Stream.of(name);
    }
    if (type == void.class) {
      if (arguments != null) {
        ((Consumer<String>) arguments[0]).accept(name);
      }
      return null;
    }
    return name;
  }

  private Object routed() throws ReflectiveOperationException {
    Route<?>[] routes = {Route.of("a", delegate("a")), Route.of("b", delegate("b"))};
    return loader
        .loadClass("acme.RetryingChat")
        .getMethod("routed", RetryRuntime.class, Route[].class)
        .invoke(null, environment.runtime(), routes);
  }

  private Object call(Object chat, String name) throws Throwable {
    Method method =
        Arrays.stream(loader.loadClass("acme.Chat").getMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    var elements = new ArrayList<String>();
    Object[] arguments =
        method.getParameterCount() == 0
            ? new Object[0]
            : new Object[] {
              method.getParameterTypes()[0] == Consumer.class
                  ? (Consumer<String>) elements::add
                  : null
            };
    Object result;
    try {
      result = method.invoke(chat, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (result instanceof CompletableFuture<?> future) {
      return future.join();
    }
    if (result instanceof Stream<?> stream) {
      return stream.findFirst().orElseThrow();
    }
    return elements.isEmpty() ? result : elements.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blocking",
        "timed",
        "withAttempt",
        "stream",
        "consumer",
        "future",
        "futureWithToken"
      })
  void aFailureMovesTheCallToTheNextDelegate(String method) throws Throwable {
    Object chat = routed();
    assertThat(call(chat, method)).isEqualTo("a");
    failureOfFirst = FailureKind.OVERLOADED;
    called.clear();
    assertThat(call(chat, method)).isEqualTo("b");
    assertThat(called).containsExactly("a", "b");
  }

  @Test
  void theKindsOfTheAnnotationMoveItToo() throws Throwable {
    failureOfFirst = FailureKind.CONTENT_FILTERED;
    assertThat(call(routed(), "blocking")).isEqualTo("b");
  }

  @Test
  void otherKindsDoNot() throws Throwable {
    failureOfFirst = FailureKind.CONTEXT_LENGTH;
    Object chat = routed();
    assertThatThrownBy(() -> call(chat, "blocking")).isInstanceOf(ProviderError.class);
    assertThat(called).containsExactly("a");
  }

  @Test
  void whatIsNotRetriedIsCalledOnTheFirst() throws Throwable {
    assertThat(call(routed(), "unretried")).isEqualTo("a");
  }

  @Test
  void allDelegatesAreClosed() throws Throwable {
    failureOfFirst = FailureKind.SERVER; // so that the first one does not close
    Object chat = routed();
    assertThatThrownBy(() -> call(chat, "close")).isInstanceOf(IOException.class);
    assertThat(called).containsExactly("a", "b");
  }

  @Test
  void oneDelegateHasNoRoutes() throws Throwable {
    Object chat =
        loader
            .loadClass("acme.RetryingChat")
            .getConstructor(loader.loadClass("acme.Chat"), RetryRuntime.class)
            .newInstance(delegate("b"), environment.runtime());
    assertThat(call(chat, "blocking")).isEqualTo("b");
    assertThat(environment.events).containsExactly("success 1");
  }
}
