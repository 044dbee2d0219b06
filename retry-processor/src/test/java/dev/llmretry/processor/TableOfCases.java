package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.conformance.ElementObserver;
import dev.llmretry.conformance.FuturePublisher;
import dev.llmretry.conformance.InvocationStyle;
import dev.llmretry.conformance.RetryCase;
import dev.llmretry.conformance.RetryCases;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of cases, by every kind of method that can be retried. Where the methods are, and what
 * retries them, is for the subclasses to say.
 */
@Tag("costly")
abstract class TableOfCases {

  /** What is called in each attempt, with the name of the method. */
  @FunctionalInterface
  interface Handler {
    Object call(String method, Object[] arguments) throws Exception;
  }

  /** Returns the settings of all cases, each once, as annotations. */
  static List<String> allSettings() {
    return Stream.concat(RetryCases.all(), RetryCases.hedged(InvocationStyle.LATE_FUTURE))
        .map(each -> each.settings().annotation())
        .distinct()
        .toList();
  }

  /** Returns the same settings for methods that block their thread. */
  static String unhedged(String settings) {
    return settings.replaceAll(", hedgeAfterMs = \\d+", "");
  }

  /** Returns the same settings for streams that are retried until their first element. */
  static String untilFirstElement(String settings) {
    return unhedged(settings)
        .replace("LlmRetry(", "LlmRetry(stream = StreamRetry.UNTIL_FIRST_ELEMENT, ");
  }

  /** Returns the same settings for callbacks whose elements cannot be checked. */
  static String unchecked(String settings) {
    return unhedged(settings).replaceAll(", check = [^,)]+", "");
  }

  /** Returns the type with the settings of a case; it has a member {@code Handle}. */
  abstract Class<?> client(RetryCase retryCase);

  /** Makes an object of such a type, whose attempts are calls of {@code handler}. */
  abstract Object retrying(Class<?> client, Handler handler, RetryRuntime runtime);

  static Stream<RetryCase> blockingCases() {
    return RetryCases.of(InvocationStyle.BLOCKING);
  }

  static Stream<RetryCase> consumerCases() {
    return RetryCases.of(InvocationStyle.CONSUMER);
  }

  static Stream<RetryCase> readyCases() {
    return RetryCases.of(InvocationStyle.READY_FUTURE);
  }

  static Stream<RetryCase> lateCases() {
    return withHedges(InvocationStyle.LATE_FUTURE);
  }

  static Stream<RetryCase> uncheckedLateCases() {
    return RetryCases.of(InvocationStyle.LATE_FUTURE).filter(each -> !each.isChecked());
  }

  static Stream<RetryCase> publisherCases() {
    return withHedges(InvocationStyle.PUBLISHER);
  }

  private static Stream<RetryCase> withHedges(InvocationStyle style) {
    return Stream.concat(RetryCases.of(style), RetryCases.hedged(style));
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
                      type.getClassLoader(),
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
  @MethodSource("consumerCases")
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
  @MethodSource("uncheckedLateCases")
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

  private static RetryCase timed() {
    return blockingCases()
        .filter(each -> each.settings().annotation().contains("attemptTimeoutMs"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"consumer", "futureConsumer"})
  void timeEndsNoCallWhoseConsumerHasBeenHandedAnElement(String method) throws IOException {
    TestEnvironment world = new TestEnvironment();
    List<String> heard = new ArrayList<>();
    Handler handler =
        (name, arguments) -> {
          @SuppressWarnings("unchecked")
          Consumer<String> consumer = (Consumer<String>) arguments[1];
          consumer.accept("one");
          world.clock.advance(Duration.ofHours(1));
          boolean cancelled = ((CancellationToken) arguments[0]).isCancelled();
          consumer.accept(cancelled ? "cancelled" : "two");
          return name.equals("consumer") ? null : CompletableFuture.completedFuture(null);
        };
    invoke(
        timed(), world.runtime(), handler, method, world.callToken, (Consumer<String>) heard::add);
    assertThat(heard).containsExactly("one", "two");
    assertThat(world.events).containsExactly("success 1");
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"consumer", "futureConsumer"})
  void whatAConsumerWouldBeHandedTooLateIsDroppedAndTheAttemptRetried(String method)
      throws IOException {
    TestEnvironment world = new TestEnvironment();
    List<String> heard = new ArrayList<>();
    Handler handler =
        (name, arguments) -> {
          @SuppressWarnings("unchecked")
          Consumer<String> consumer = (Consumer<String>) arguments[1];
          if (++world.calls == 1) {
            world.clock.advance(Duration.ofHours(1));
          }
          consumer.accept(world.calls == 1 ? "late" : "in time");
          return name.equals("consumer") ? null : CompletableFuture.completedFuture(null);
        };
    Object returned =
        invoke(timed(), world.runtime(), handler, method, null, (Consumer<String>) heard::add);
    if (returned instanceof CompletableFuture<?> future) {
      world.clock.advanceUntil(future::isDone);
    }
    assertThat(heard).containsExactly("in time");
    assertThat(world.events).hasSize(2).last().isEqualTo("success 2");
    assertThat(Thread.interrupted()).isFalse();
  }

  @FunctionalInterface
  private interface Attempt {
    Object make(CancellationToken token) throws Exception;
  }

  private Object call(
      RetryCase retryCase,
      RetryRuntime runtime,
      Attempt attempt,
      String method,
      CancellationToken token)
      throws IOException {
    Handler handler = (name, arguments) -> attempt.make((CancellationToken) arguments[0]);
    return invoke(retryCase, runtime, handler, method, token);
  }

  private Object invoke(
      RetryCase retryCase,
      RetryRuntime runtime,
      Handler handler,
      String method,
      Object... arguments)
      throws IOException {
    Class<?> client = client(retryCase);
    return invoke(client, retrying(client, handler, runtime), method, arguments);
  }

  private Class<?> member(RetryCase retryCase, String name) {
    return Stream.of(client(retryCase).getDeclaredClasses())
        .filter(member -> member.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static CompletableFuture<String> future(Object returned) {
    return (CompletableFuture<String>) returned;
  }

  static Object invoke(Class<?> client, Object object, String name, Object... arguments)
      throws IOException {
    return Reflection.call(client, object, name, arguments);
  }

  private static <R> R unchecked(Callable<R> action) {
    return Reflection.unchecked(action);
  }
}
