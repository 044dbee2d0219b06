package acme.integrations;

import com.google.api.core.ApiFuture;
import com.google.common.util.concurrent.ListenableFuture;
import dev.llmretry.gax.GaxRetry;
import dev.llmretry.guava.GuavaRetry;
import dev.llmretry.reactor.ReactorRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.WrapperRuntime;
import dev.llmretry.rxjava3.RxRetry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Retries {@link Integrations}.
 *
 * <ul>
 *   <li>{@code mono}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code flux}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code flowable}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code observable}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code single}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code maybe}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code completable}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code guava}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code gax}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingIntegrations implements Integrations {
  private static final RetryPolicy MONO = RetryPolicy.builder("acme.integrations.Integrations.mono")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FLUX = RetryPolicy.builder("acme.integrations.Integrations.flux")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FLOWABLE = RetryPolicy.builder("acme.integrations.Integrations.flowable")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OBSERVABLE = RetryPolicy.builder("acme.integrations.Integrations.observable")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SINGLE = RetryPolicy.builder("acme.integrations.Integrations.single")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy MAYBE = RetryPolicy.builder("acme.integrations.Integrations.maybe")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy COMPLETABLE = RetryPolicy.builder("acme.integrations.Integrations.completable")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy GUAVA = RetryPolicy.builder("acme.integrations.Integrations.guava")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy GAX = RetryPolicy.builder("acme.integrations.Integrations.gax")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Integrations delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingIntegrations(Integrations delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingIntegrations(Integrations delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, MONO, FLUX, FLOWABLE, OBSERVABLE, SINGLE,
        MAYBE, COMPLETABLE, GUAVA, GAX);
  }

  @Override
  public Mono<String> mono(String request) {
    return ReactorRetry.mono(
        runtime, MONO, attempt -> delegate.mono(request));
  }

  @Override
  public Flux<String> flux(String request, CancellationToken cancel) {
    return ReactorRetry.flux(
        runtime, FLUX, cancel, attempt -> delegate.flux(request, attempt.token()));
  }

  @Override
  public Flowable<String> flowable(String request) {
    return RxRetry.flowable(
        runtime, FLOWABLE, attempt -> delegate.flowable(request));
  }

  @Override
  public Observable<String> observable(String request, CancellationToken cancel) {
    return RxRetry.observable(
        runtime, OBSERVABLE, cancel, attempt -> delegate.observable(request, attempt.token()));
  }

  @Override
  public Single<String> single(String request) {
    return RxRetry.single(
        runtime, SINGLE, attempt -> delegate.single(request));
  }

  @Override
  public Maybe<? extends Number> maybe(String request) {
    return RxRetry.maybe(
        runtime, MAYBE, attempt -> delegate.maybe(request));
  }

  @Override
  public Completable completable(String request) {
    return RxRetry.completable(
        runtime, COMPLETABLE, attempt -> delegate.completable(request));
  }

  @Override
  public ListenableFuture<String> guava(String request) {
    return GuavaRetry.call(
        runtime, GUAVA, attempt -> delegate.guava(request));
  }

  @Override
  public ApiFuture<String> gax(String request, CancellationToken cancel) {
    return GaxRetry.call(
        runtime, GAX, cancel, attempt -> delegate.gax(request, attempt.token()));
  }

  @Override
  public Mono<String> once(String request) {
    return delegate.once(request);
  }

  @Override
  public String toString() {
    return "RetryingIntegrations[" + delegate + "]";
  }
}
