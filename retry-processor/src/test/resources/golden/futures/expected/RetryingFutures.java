package acme.futures;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Futures}.
 *
 * <ul>
 *   <li>{@code plain}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code stage}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code withToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code timed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 10 s, all within 30 s.
 *   <li>{@code wildcard}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code generic}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code runtime}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code ownToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code raw}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "rawtypes", "unchecked"})
public class RetryingFutures<K> implements Futures<K> {
  private static final RetryPolicy PLAIN = RetryPolicy.builder("acme.futures.Futures.plain")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy STAGE = RetryPolicy.builder("acme.futures.Futures.stage")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy WITH_TOKEN = RetryPolicy.builder("acme.futures.Futures.withToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy TIMED = RetryPolicy.builder("acme.futures.Futures.timed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(30000))
      .attemptTimeout(Duration.ofMillis(10000))
      .build();

  private static final RetryPolicy WILDCARD = RetryPolicy.builder("acme.futures.Futures.wildcard")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy GENERIC = RetryPolicy.builder("acme.futures.Futures.generic")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy RUNTIME = RetryPolicy.builder("acme.futures.Futures.runtime")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OWN_TOKEN = RetryPolicy.builder("acme.futures.Futures.ownToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy RAW = RetryPolicy.builder("acme.futures.Futures.raw")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Futures<K> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingFutures(Futures<K> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingFutures(Futures<K> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, PLAIN, STAGE, WITH_TOKEN, TIMED, WILDCARD,
        GENERIC, RUNTIME, OWN_TOKEN, RAW);
  }

  @Override
  public CompletableFuture<String> plain(String request) {
    return FutureRetry.call(
        runtime, PLAIN, () -> delegate.plain(request));
  }

  @Override
  public CompletionStage<List<String>> stage(String request) {
    return FutureRetry.call(
        runtime, STAGE, () -> delegate.stage(request));
  }

  @Override
  public CompletableFuture<String> withToken(String request, CancellationToken cancel) {
    return AsyncRetry.call(
        runtime, WITH_TOKEN, cancel, attempt -> delegate.withToken(request, attempt.token()));
  }

  @Override
  public CompletableFuture<Void> timed(CancellationToken cancel, K key) {
    return AsyncRetry.call(
        runtime, TIMED, cancel, attempt -> delegate.timed(attempt.token(), key));
  }

  @Override
  public CompletableFuture<? extends Number> wildcard(int... numbers) {
    return FutureRetry.call(
        runtime, WILDCARD, () -> delegate.wildcard(numbers));
  }

  @Override
  public <T extends Comparable<T>, X extends Exception> CompletableFuture<T> generic(T request)
      throws IOException, X {
    return FutureRetry.call(
        runtime, GENERIC, () -> delegate.<T, X>generic(request));
  }

  @Override
  public CompletionStage<?> runtime(String delegate, String runtime, String attempt) {
    return FutureRetry.call(
        this.runtime, RUNTIME, () -> this.delegate.runtime(delegate, runtime, attempt));
  }

  @Override
  public <T extends CancellationToken> CompletableFuture<K> ownToken(T token) {
    return AsyncRetry.call(
        runtime, OWN_TOKEN, token, attempt -> delegate.<T>ownToken(token));
  }

  @Override
  public CompletableFuture raw(String request) throws InterruptedException, IOException {
    return FutureRetry.call(
        runtime, RAW, () -> delegate.raw(request));
  }

  @Override
  public CompletableFuture<String> once(String request) {
    return delegate.once(request);
  }

  @Override
  public String toString() {
    return "RetryingFutures[" + delegate + "]";
  }
}
