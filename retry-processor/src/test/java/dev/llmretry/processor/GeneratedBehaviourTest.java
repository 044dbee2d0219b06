package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.cases.ElementObserver;
import dev.llmretry.runtime.cases.FuturePublisher;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import dev.llmretry.runtime.cases.World;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated wrappers, compiled, loaded and run through the table of cases. */
class GeneratedBehaviourTest {

  private static final String CLIENT =
      """
                package acme;

                import dev.llmretry.*;
                import dev.llmretry.runtime.CancellationToken;
                import dev.llmretry.runtime.cases.ElementObserver;
                import java.io.IOException;
                import java.util.Iterator;
                import java.util.concurrent.CompletableFuture;
                import java.util.concurrent.Flow;
                import java.util.function.Consumer;
                import java.util.concurrent.Callable;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.Flow.Publisher;
      import java.util.concurrent.Flow.Subscriber;
      import java.util.function.Consumer;
      import java.util.function.Function;
      import java.util.stream.Stream;

                @SuppressWarnings({"LR002", "LR005", "LR006"})
                public interface Client%d {
                  %2$s
                  String call(CancellationToken token) throws IOException;

                  %3$s
                  Stream<String> stream(CancellationToken token) throws IOException;

                  %3$s
                  Handle handle(CancellationToken token) throws IOException;

                  %2$s
                  void consumer(CancellationToken token, @StreamCallback Consumer<String> consumer)
                      throws IOException;

                  %2$s
                  CompletableFuture<String> future(CancellationToken token);

                  %2$s
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
    List<RetryCase> all = RetryCases.all().toList();
    for (int i = 0; i < all.size(); i++) {
      String settings = all.get(i).settings().annotation();
      javac.source(
          CLIENT.formatted(
              i,
              settings,
              settings.replace(
                  "LlmRetry(", "LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, ")));
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

  static Stream<RetryCase> blockingCases() {
    return RetryCases.of(Way.BLOCKING);
  }

  static Stream<RetryCase> readyCases() {
    return RetryCases.of(Way.READY_FUTURE);
  }

  static Stream<RetryCase> lateCases() {
    return RetryCases.of(Way.LATE_FUTURE);
  }

  static Stream<RetryCase> publisherCases() {
    return RetryCases.of(Way.PUBLISHER);
  }

  @ParameterizedTest
  @MethodSource("blockingCases")
  void valuesAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            (String) call(which, runtime, delegate::call, "call", token));
  }

  @ParameterizedTest
  @MethodSource("blockingCases")
  void streamsAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          Function<CancellationToken, Stream<String>> opening =
              attempt -> Stream.of(attempt).map(each -> unchecked(() -> delegate.call(each)));
          Stream<?> stream = (Stream<?>) call(which, runtime, opening::apply, "stream", token);
          return (String) stream.toList().get(0);
        });
  }

  @ParameterizedTest
  @MethodSource("blockingCases")
  void handlesAreAsTheTableSays(RetryCase retryCase) {
    List<String> closed = new ArrayList<>();
    retryCase.check(
        (which, runtime, token, delegate) -> {
          Class<?> type = member(which, "Handle");
          Function<CancellationToken, Object> opening =
              attempt ->
                  Proxy.newProxyInstance(
                      loader,
                      new Class<?>[] {type},
                      (proxy, method, arguments) ->
                          method.getName().equals("close")
                              ? closed.add("closed") ? null : null
                              : Stream.of(attempt)
                                  .map(each -> unchecked(() -> delegate.call(each)))
                                  .iterator());
          Object handle = call(which, runtime, opening::apply, "handle", token);
          Iterator<?> elements = (Iterator<?>) invoke(type, handle, "elements");
          String result = (String) elements.next();
          assertThat(elements.hasNext()).isFalse();
          invoke(type, handle, "close");
          return result;
        });
    assertThat(closed).as("handles closed").hasSize(retryCase.calls());
  }

  @ParameterizedTest
  @MethodSource("blockingCases")
  void consumersAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          List<String> heard = new ArrayList<>();
          Handler handler =
              (method, arguments) -> {
                @SuppressWarnings("unchecked")
                Consumer<String> consumer = (Consumer<String>) arguments[1];
                consumer.accept(delegate.call((CancellationToken) arguments[0]));
                return null;
              };
          invoke(which, runtime, handler, "consumer", token, (Consumer<String>) heard::add);
          assertThat(heard).hasSize(1);
          return heard.get(0);
        });
  }

  @ParameterizedTest
  @MethodSource("readyCases")
  void futuresThatAreReadyAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            delegate.await(future(call(which, runtime, delegate::begin, "future", token))));
  }

  @ParameterizedTest
  @MethodSource("lateCases")
  void futuresThatCompleteLaterAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            delegate.await(future(call(which, runtime, delegate::beginLate, "future", token))));
  }

  @ParameterizedTest
  @MethodSource("lateCases")
  void consumersThatAreFedUntilAFutureCompletesAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          List<String> heard = new ArrayList<>();
          Handler handler =
              (method, arguments) -> {
                @SuppressWarnings("unchecked")
                Consumer<String> consumer = (Consumer<String>) arguments[1];
                CompletableFuture<String> elements =
                    delegate.beginLate((CancellationToken) arguments[0]);
                CompletableFuture<Void> end = elements.thenAccept(consumer);
                end.whenComplete((nothing, error) -> elements.cancel(true));
                return end;
              };
          Object future =
              invoke(
                  which, runtime, handler, "futureConsumer", token, (Consumer<String>) heard::add);
          delegate.await(future(future));
          assertThat(heard).hasSize(1);
          return heard.get(0);
        });
  }

  @ParameterizedTest
  @MethodSource("publisherCases")
  void publishersAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          Attempt opening = attempt -> new FuturePublisher(() -> delegate.begin(attempt));
          @SuppressWarnings("unchecked")
          Publisher<String> publisher =
              (Publisher<String>) call(which, runtime, opening, "publisher", token);
          return delegate.await(FuturePublisher.last(publisher));
        });
  }

  @ParameterizedTest
  @MethodSource("publisherCases")
  void subscribersAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          Handler handler =
              (method, arguments) -> {
                @SuppressWarnings("unchecked")
                Subscriber<String> subscriber = (Subscriber<String>) arguments[1];
                new FuturePublisher(() -> delegate.begin((CancellationToken) arguments[0]))
                    .subscribe(subscriber);
                return null;
              };
          Publisher<String> publisher =
              each -> unchecked(() -> invoke(which, runtime, handler, "subscriber", token, each));
          return delegate.await(FuturePublisher.last(publisher));
        });
  }

  @ParameterizedTest
  @MethodSource("publisherCases")
  void observersAreAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) -> {
          Handler handler =
              (method, arguments) -> {
                CompletableFuture<String> future = delegate.begin((CancellationToken) arguments[0]);
                ((CancellationToken) arguments[0]).onCancel(() -> future.cancel(true));
                ElementObserver.observe(future, (ElementObserver) arguments[1]);
                return null;
              };
          var result = new CompletableFuture<String>();
          ElementObserver observer = ElementObserver.completing(result);
          invoke(which, runtime, handler, "observer", token, observer);
          return delegate.await(result);
        });
  }

  @FunctionalInterface
  private interface Attempt {
    Object make(CancellationToken token) throws Exception;
  }

  private static Object call(
      RetryCase retryCase,
      RetryRuntime runtime,
      Attempt attempt,
      String method,
      CancellationToken token)
      throws IOException {
    Handler handler = (name, arguments) -> attempt.make((CancellationToken) arguments[0]);
    return invoke(retryCase, runtime, handler, method, token);
  }

  private static Object invoke(
      RetryCase retryCase,
      RetryRuntime runtime,
      Handler handler,
      String method,
      Object... arguments)
      throws IOException {
    Class<?> client = INTERFACES.get(retryCase.name());
    return invoke(client, wrap(client, handler, runtime), method, arguments);
  }

  private static Class<?> member(RetryCase retryCase, String name) {
    String client = INTERFACES.get(retryCase.name()).getName();
    try {
      return loader.loadClass(client + "$" + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static CompletableFuture<String> future(Object returned) {
    return (CompletableFuture<String>) returned;
  }

  /** Throws what is thrown, checked or not. */
  private static <R> R unchecked(Callable<R> action) {
    try {
      return action.call();
    } catch (Exception e) {
      throw GeneratedBehaviourTest.<RuntimeException>sneak(e);
    }
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
