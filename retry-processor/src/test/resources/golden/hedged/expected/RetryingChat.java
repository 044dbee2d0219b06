package acme.hedged;

import dev.llmretry.reactor.ReactorRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.annotation.processing.Generated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Retries {@link Chat}.
 *
 * <ul>
 *   <li>{@code blocking}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 30 s.
 *   <li>{@code future}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 30 s, hedged after 1500 ms.
 *   <li>{@code publisher}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 30 s, hedged after 1500 ms, until the first element has arrived.
 *   <li>{@code mono}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 30 s, hedged after 1500 ms, until the first element has arrived.
 *   <li>{@code flux}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 30 s, hedged after 1500 ms, until the first element has arrived.
 *   <li>{@code observed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 30 s, hedged after 1500 ms, until the first element has arrived.
 *   <li>{@code untimed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, hedged after 500 ms.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingChat implements Chat {
  private static final RetryPolicy BLOCKING = RetryPolicy.builder("acme.hedged.Chat.blocking")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(30000))
      .build();

  private static final RetryPolicy FUTURE = RetryPolicy.builder("acme.hedged.Chat.future")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(30000))
      .hedgeAfter(Duration.ofMillis(1500))
      .build();

  private static final RetryPolicy PUBLISHER = RetryPolicy.builder("acme.hedged.Chat.publisher")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(30000))
      .hedgeAfter(Duration.ofMillis(1500))
      .build();

  private static final RetryPolicy MONO = RetryPolicy.builder("acme.hedged.Chat.mono")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(30000))
      .hedgeAfter(Duration.ofMillis(1500))
      .build();

  private static final RetryPolicy FLUX = RetryPolicy.builder("acme.hedged.Chat.flux")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(30000))
      .hedgeAfter(Duration.ofMillis(1500))
      .build();

  private static final RetryPolicy OBSERVED = RetryPolicy.builder("acme.hedged.Chat.observed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(30000))
      .hedgeAfter(Duration.ofMillis(1500))
      .build();

  private static final RetryPolicy UNTIMED = RetryPolicy.builder("acme.hedged.Chat.untimed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .hedgeAfter(Duration.ofMillis(500))
      .build();

  private final Chat delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingChat(Chat delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingChat(Chat delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, BLOCKING, FUTURE, PUBLISHER, MONO, FLUX,
        OBSERVED, UNTIMED);
  }

  @Override
  public String blocking(String request) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, BLOCKING, null);
    while (true) {
      retries.beginAttempt();
      try {
        String result = delegate.blocking(request);
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
  public CompletableFuture<String> future(String request) {
    return FutureRetry.call(
        runtime, FUTURE, () -> delegate.future(request));
  }

  @Override
  public Flow.Publisher<String> publisher(String request, CancellationToken cancel) {
    return PublisherRetry.call(
        runtime, PUBLISHER, cancel, attempt -> delegate.publisher(request, attempt.token()));
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
  public void observed(String request, Flow.Subscriber<String> subscriber) {
    PublisherRetry.subscribe(
        runtime, OBSERVED, null, subscriber,
        (each, attempt) -> delegate.observed(request, each));
  }

  @Override
  public CompletableFuture<String> untimed(String request) {
    return FutureRetry.call(
        runtime, UNTIMED, () -> delegate.untimed(request));
  }

  @Override
  public String toString() {
    return "RetryingChat[" + delegate + "]";
  }
}
