package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.RetryCase;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated wrappers, compiled, loaded and run through the table of cases. */
class GeneratedBehaviourTest extends TableOfCases {

  private static final String CLIENT =
      """
      package acme;

      import dev.llmretry.*;
      import dev.llmretry.runtime.CancellationToken;
      import dev.llmretry.conformance.ElementObserver;
      import java.io.IOException;
      import java.util.Iterator;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.Flow;
      import java.util.function.Consumer;
      import java.util.stream.Stream;

      @SuppressWarnings({"LR002", "LR005", "LR006"})
      public interface Client%d {
        %5$s
        String call(CancellationToken token) throws IOException;

        %3$s
        Stream<String> stream(CancellationToken token) throws IOException;

        %3$s
        Handle handle(CancellationToken token) throws IOException;

        %4$s
        void consumer(CancellationToken token, @StreamCallback Consumer<String> consumer)
            throws IOException;

        %2$s
        CompletableFuture<String> future(CancellationToken token);

        %4$s
        CompletableFuture<Void> futureConsumer(
            CancellationToken token, @StreamCallback Consumer<String> consumer);

        %2$s
        Flow.Publisher<String> publisher(CancellationToken token);

        %2$s
        void subscriber(CancellationToken token, @StreamCallback Flow.Subscriber<String> each);

        %2$s
        void observer(CancellationToken token, @StreamCallback ElementObserver observer);

        interface Handle extends AutoCloseable {
          Iterator<String> elements();

          @Override
          void close();
        }
      }
      """;

  private static final Map<String, Class<?>> INTERFACES = new TreeMap<>();
  private static ClassLoader loader;

  /** One interface for all cases with the same settings; all are compiled at once. */
  @BeforeAll
  static void compile() throws ClassNotFoundException {
    CompilerRun.Builder javac =
        CompilerRun.javac()
            .classPath(
                CompilerRun.annotations(),
                CompilerRun.runtime(),
                CompilerRun.jspecify(),
                CompilerRun.locationOf(ProviderError.class));
    List<String> settings = allSettings();
    for (int i = 0; i < settings.size(); i++) {
      String each = settings.get(i);
      javac.source(
          CLIENT.formatted(i, each, untilFirstElement(each), unchecked(each), unhedged(each)));
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

          final class Ask implements dev.llmretry.Reviser<String> {
            @Override
            public String revise(String request, dev.llmretry.FailureKind kind, Throwable error) {
              return request + " " + kind;
            }
          }

          @LlmRetry(revise = Ask.class)
          String revised(@dev.llmretry.Revised String request) throws java.io.IOException;

          @LlmRetry(revise = Ask.class, deadlineMs = 60_000)
          String revisedTimed(@dev.llmretry.Revised String request) throws java.io.IOException;

          @LlmRetry(revise = Ask.class)
          java.util.concurrent.CompletableFuture<String> revisedFuture(
              @dev.llmretry.Revised String request);

          @LlmRetry(attemptTimeoutMs = 50)
          int primitive(int value) throws java.io.IOException;

          @NoRetry
          void once() throws java.io.IOException;
        }
        """);
    loader = javac.run().requireSuccess().classLoader();
    for (int i = 0; i < settings.size(); i++) {
      INTERFACES.put(settings.get(i), loader.loadClass("acme.Client" + i));
    }
  }

  @Override
  Class<?> client(RetryCase retryCase) {
    return INTERFACES.get(retryCase.settings().annotation());
  }

  @Override
  Object retrying(Class<?> client, Handler handler, RetryRuntime runtime) {
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

  private static Class<?> odd() throws ClassNotFoundException {
    return loader.loadClass("acme.Odd");
  }

  @Test
  void aMethodThatDeclaresItThrowsAnInterruption() throws ClassNotFoundException {
    TestEnvironment world = new TestEnvironment();
    ProviderError failure = new ProviderError(FailureKind.SERVER);
    Object wrapper =
        retrying(
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

  @ParameterizedTest
  @ValueSource(strings = {"revised", "revisedTimed", "revisedFuture"})
  void laterAttemptsMakeTheRevisedRequest(String name) throws Exception {
    TestEnvironment world = new TestEnvironment();
    List<Object> requests = new ArrayList<>();
    Object wrapper =
        retrying(
            odd(),
            (method, arguments) -> {
              requests.add(arguments[0]);
              if (requests.size() < 3) {
                throw new ProviderError(FailureKind.SERVER);
              }
              return method.equals("revisedFuture")
                  ? CompletableFuture.completedFuture("ok")
                  : "ok";
            },
            world.runtime());
    Object result = invoke(odd(), wrapper, name, "q");
    if (result instanceof CompletableFuture<?> future) {
      world.clock.advanceUntil(future::isDone);
    }
    assertThat(requests).containsExactly("q", "q SERVER", "q SERVER SERVER");
  }

  @Test
  void aTokenMayStandAnywhereAndIsPassedOn() throws ClassNotFoundException {
    TestEnvironment world = new TestEnvironment();
    world.call.cancel();
    List<Object[]> calls = new ArrayList<>();
    Object wrapper =
        retrying(
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
        retrying(
            odd(),
            (method, arguments) -> {
              calls.add(arguments);
              return "ok";
            },
            new TestEnvironment().runtime());
    assertThat(invoke(odd(), wrapper, "interruptible", "x", null)).isEqualTo("ok");
    assertThat(calls).singleElement().isEqualTo(new Object[] {"x", null});
  }

  @Test
  void methodsWithoutTokenHeedTheRuntimes() throws ClassNotFoundException {
    TestEnvironment world = new TestEnvironment();
    world.application.cancel();
    Object wrapper = retrying(odd(), (method, arguments) -> null, world.runtime());
    Class<?> client = odd();
    assertThat(catchThrowable(() -> invoke(client, wrapper, "withoutToken")))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void argumentsArePassedAgainAndPrimitivesReturned() throws Exception {
    TestEnvironment world = new TestEnvironment();
    List<Object> seen = new ArrayList<>();
    Object wrapper =
        retrying(
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
    TestEnvironment world = new TestEnvironment();
    ProviderError failure = new ProviderError(FailureKind.SERVER);
    List<String> calls = new ArrayList<>();
    Object wrapper =
        retrying(
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
    Object wrapper = retrying(odd(), (method, arguments) -> null, RetryRuntime.standard());
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
