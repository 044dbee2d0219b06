package acme.routes;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Chat}.
 *
 * <ul>
 *   <li>{@code timed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 1 s.
 *   <li>{@code untimed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code attempt}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code stream}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 1 s, until the first element has arrived.
 *   <li>{@code consumer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s, until the first element has arrived.
 *   <li>{@code future}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code withToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code publisher}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "try"})
public class RetryingChat<K> implements Chat<K> {
  private static final RetryPolicy TIMED = RetryPolicy.builder("acme.routes.Chat.timed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(1000))
      .build();

  private static final RetryPolicy UNTIMED = RetryPolicy.builder("acme.routes.Chat.untimed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ATTEMPT = RetryPolicy.builder("acme.routes.Chat.attempt")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private static final RetryPolicy STREAM = RetryPolicy.builder("acme.routes.Chat.stream")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(1000))
      .build();

  private static final RetryPolicy CONSUMER = RetryPolicy.builder("acme.routes.Chat.consumer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private static final RetryPolicy FUTURE = RetryPolicy.builder("acme.routes.Chat.future")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private static final RetryPolicy WITH_TOKEN = RetryPolicy.builder("acme.routes.Chat.withToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private static final RetryPolicy PUBLISHER = RetryPolicy.builder("acme.routes.Chat.publisher")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private final Chat<K> delegate;

  private final Routes<Chat<K>> routes;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingChat(Chat<K> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingChat(Chat<K> delegate, RetryRuntime runtime) {
    this(Routes.of(runtime, Route.of("only", delegate)));
  }

  private RetryingChat(Routes<Chat<K>> routes) {
    this.routes = routes;
    this.delegate = routes.first();
    this.runtime = WrapperRuntime.of(routes.runtime(), delegate, TIMED, UNTIMED, ATTEMPT, STREAM,
        CONSUMER, FUTURE, WITH_TOKEN, PUBLISHER);
  }

  /**
   * Wraps the delegates of several routes, in order of preference.
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <K> RetryingChat<K> routed(RetryRuntime runtime,
      Route<? extends Chat<K>>... routes) {
    return new RetryingChat<>(Routes.of(runtime, Set.of(FailureKind.CONTEXT_LENGTH,
        FailureKind.CONTENT_FILTERED), List.of(routes)));
  }

  @Override
  public String timed(K request, CancellationToken cancel) throws IOException {
    RetryLoop retries = RetryLoop.beginTimed(runtime, TIMED, cancel);
    while (true) {
      Attempt attempt = retries.beginAttempt();
      try {
        String result = RetryLoop.delegate(routes, retries).timed(request, attempt.token());
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public String untimed(K request) {
    RetryLoop retries = RetryLoop.begin(runtime, UNTIMED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = RetryLoop.delegate(routes, retries).untimed(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, UNTIMED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String attempt(Attempt attempt, K routes) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, ATTEMPT, RetryLoop.tokenOf(attempt));
    while (true) {
      Attempt current = retries.beginAttempt();
      try {
        String result = RetryLoop.delegate(this.routes, retries).attempt(current, routes);
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public Stream<String> stream(K request) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, STREAM, null);
    while (true) {
      retries.beginAttempt();
      try {
        FirstElement first = new FirstElement(STREAM);
        Stream<String> result = first.ofStream(RetryLoop.delegate(routes, retries).stream(request));
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public void consumer(K request, Consumer<String> tokens) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, CONSUMER, null);
    while (true) {
      retries.beginAttempt();
      CallbackGate gate = new CallbackGate(CONSUMER, retries.emissionGuard());
      try {
        RetryLoop.delegate(routes, retries).consumer(request,
            element -> gate.element(element, () -> tokens.accept(element)));
        gate.completed();
        retries.succeeded();
        return;
      } catch (Exception e) {
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public <T> CompletableFuture<T> future(Class<T> type) {
    return FutureRetry.routed(
        runtime, FUTURE, route -> routes.get(route).<T>future(type));
  }

  @Override
  public CompletableFuture<String> withToken(K request, CancellationToken cancel) {
    return AsyncRetry.call(
        runtime, WITH_TOKEN, cancel, attempt -> routes.of(attempt).withToken(request,
            attempt.token()));
  }

  @Override
  public Flow.Publisher<String> publisher(K request) {
    return PublisherRetry.call(
        runtime, PUBLISHER, attempt -> routes.of(attempt).publisher(request));
  }

  @Override
  public String once() {
    return delegate.once();
  }

  @Override
  public void close() throws IOException {
    WrapperRuntime.closeAll(routes, each -> each.close());
  }

  @Override
  public String toString() {
    return "RetryingChat[" + delegate + "]";
  }
}
