package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.cases.Delegate;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import dev.llmretry.runtime.cases.World;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated wrappers, compiled, loaded and run through the table of cases. */
class GeneratedBehaviourTest {

  private static final Map<String, Class<?>> INTERFACES = new TreeMap<>();
  private static ClassLoader loader;

  static Stream<RetryCase> cases() {
    return RetryCases.of(Way.BLOCKING);
  }

  /** One interface for each case, all compiled at once. */
  @BeforeAll
  static void compile() throws ClassNotFoundException {
    CompilerRun.Builder javac =
        CompilerRun.javac()
            .classPath(
                CompilerRun.annotations(),
                CompilerRun.runtime(),
                CompilerRun.jspecify(),
                CompilerRun.locationOf(ProviderError.class));
    List<RetryCase> all = RetryCases.of(Way.BLOCKING).toList();
    for (int i = 0; i < all.size(); i++) {
      javac.source(
          """
          package acme;

          import dev.llmretry.*;
          import dev.llmretry.runtime.CancellationToken;

          public interface Client%d {
            @SuppressWarnings({"LR002", "LR005", "LR006"})
            %s
            String call(CancellationToken token) throws java.io.IOException;
          }
          """
              .formatted(i, all.get(i).settings().annotation()));
    }
    javac.source(
        """
        package acme;

        import dev.llmretry.LlmRetry;
        import dev.llmretry.NoRetry;
        import dev.llmretry.runtime.CancellationToken;

        public interface Odd {
          @LlmRetry
          String interruptible(String first, CancellationToken token)
              throws java.io.IOException, InterruptedException;

          @LlmRetry
          void withoutToken() throws java.io.IOException;

          @LlmRetry(attemptTimeoutMs = 50)
          int primitive(int value) throws java.io.IOException;

          @NoRetry
          void once() throws java.io.IOException;
        }
        """);
    loader = javac.run().requireSuccess().classLoader();
    for (int i = 0; i < all.size(); i++) {
      INTERFACES.put(all.get(i).name(), loader.loadClass("acme.Client" + i));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void behavesAsTheTableSays(RetryCase retryCase) {
    retryCase.check(GeneratedBehaviourTest::call);
  }

  private static String call(
      RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException {
    Class<?> client = INTERFACES.get(retryCase.name());
    Handler handler = (method, arguments) -> delegate.call((CancellationToken) arguments[0]);
    return (String) invoke(client, wrap(client, handler, runtime), "call", token);
  }

  @FunctionalInterface
  private interface Handler {
    Object call(String method, Object[] arguments) throws Exception;
  }

  private static Object wrap(Class<?> client, Handler handler, RetryRuntime runtime) {
    Object delegate =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {client},
            (proxy, method, arguments) ->
                method.getName().equals("toString")
                    ? "the delegate"
                    : handler.call(method.getName(), arguments));
    try {
      return loader
          .loadClass("acme.Retrying" + client.getSimpleName())
          .getConstructor(client, RetryRuntime.class)
          .newInstance(delegate, runtime);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object invoke(Class<?> client, Object wrapper, String name, Object... arguments)
      throws IOException {
    try {
      return Stream.of(client.getMethods())
          .filter(method -> method.getName().equals(name))
          .findFirst()
          .orElseThrow()
          .invoke(wrapper, arguments);
    } catch (InvocationTargetException e) {
      throw GeneratedBehaviourTest.<RuntimeException>sneak(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> RuntimeException sneak(Throwable error) throws X {
    throw (X) error;
  }

  private static Class<?> odd() throws ClassNotFoundException {
    return loader.loadClass("acme.Odd");
  }

  @Test
  void aMethodThatDeclaresItThrowsAnInterruption() throws ClassNotFoundException {
    World world = new World();
    ProviderError failure = new ProviderError(FailureKind.SERVER);
    Object wrapper =
        wrap(
            odd(),
            (method, arguments) -> {
              Thread.currentThread().interrupt();
              throw failure;
            },
            world.runtime());
    Class<?> client = odd();
    Throwable thrown = catchThrowable(() -> invoke(client, wrapper, "interruptible", "x", null));
    assertThat(thrown).isInstanceOf(InterruptedException.class).hasCause(failure);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(world.events).containsExactly("retry 1 SERVER", "give up 1 INTERRUPTED");
  }

  @Test
  void aTokenMayStandAnywhereAndIsPassedOn() throws ClassNotFoundException {
    World world = new World();
    world.call.cancel();
    List<Object[]> calls = new ArrayList<>();
    Object wrapper =
        wrap(
            odd(),
            (method, arguments) -> {
              calls.add(arguments);
              return "ok";
            },
            world.runtime());
    Class<?> client = odd();
    assertThat(catchThrowable(() -> invoke(client, wrapper, "interruptible", "x", world.callToken)))
        .isInstanceOf(CancelledException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void aTokenOfNullIsPassedOnAndCancelsNothing() throws Exception {
    List<Object[]> calls = new ArrayList<>();
    Object wrapper =
        wrap(
            odd(),
            (method, arguments) -> {
              calls.add(arguments);
              return "ok";
            },
            new World().runtime());
    assertThat(invoke(odd(), wrapper, "interruptible", "x", null)).isEqualTo("ok");
    assertThat(calls).singleElement().isEqualTo(new Object[] {"x", null});
  }

  @Test
  void methodsWithoutTokenHeedTheRuntimes() throws ClassNotFoundException {
    World world = new World();
    world.application.cancel();
    Object wrapper = wrap(odd(), (method, arguments) -> null, world.runtime());
    Class<?> client = odd();
    assertThat(catchThrowable(() -> invoke(client, wrapper, "withoutToken")))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void argumentsArePassedAgainAndPrimitivesReturned() throws Exception {
    World world = new World();
    List<Object> seen = new ArrayList<>();
    Object wrapper =
        wrap(
            odd(),
            (method, arguments) -> {
              seen.add(arguments[0]);
              if (seen.size() < 3) {
                throw new ProviderError(FailureKind.OVERLOADED);
              }
              return 42;
            },
            world.runtime());
    assertThat(invoke(odd(), wrapper, "primitive", 7)).isEqualTo(42);
    assertThat(seen).containsExactly(7, 7, 7);
    assertThat(world.waits).containsExactly(100L, 200L);
  }

  @Test
  void aMethodThatOptsOutIsCalledOnce() throws ClassNotFoundException {
    World world = new World();
    ProviderError failure = new ProviderError(FailureKind.SERVER);
    List<String> calls = new ArrayList<>();
    Object wrapper =
        wrap(
            odd(),
            (method, arguments) -> {
              calls.add(method);
              throw failure;
            },
            world.runtime());
    Class<?> client = odd();
    assertThat(catchThrowable(() -> invoke(client, wrapper, "once")))
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
    assertThat(calls).containsExactly("once");
  }

  @Test
  void toStringNamesTheDelegate() throws ClassNotFoundException {
    Object wrapper = wrap(odd(), (method, arguments) -> null, RetryRuntime.standard());
    assertThat(wrapper).hasToString("RetryingOdd[the delegate]");
  }

  @Test
  void aMissingDelegateIsRefusedAtOnce() throws ReflectiveOperationException {
    Class<?> wrapper = loader.loadClass("acme.RetryingOdd");
    Throwable thrown =
        catchThrowable(() -> wrapper.getConstructor(odd()).newInstance(new Object[] {null}));
    assertThat(thrown.getCause()).isInstanceOf(NullPointerException.class).hasMessage("delegate");
  }
}
