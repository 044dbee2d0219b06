package acme.publishers;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import javax.annotation.processing.Generated;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/**
 * Retries {@link Publishers}.
 *
 * <ul>
 *   <li>{@code flow}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code flowWithToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 10 s, until the first element has arrived.
 *   <li>{@code wildcard}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code lists}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code reactive}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code reactiveWithToken}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingPublishers implements Publishers {
  private static final RetryPolicy FLOW = RetryPolicy.builder("acme.publishers.Publishers.flow")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FLOW_WITH_TOKEN = RetryPolicy.builder("acme.publishers.Publishers.flowWithToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(10000))
      .preamble(new Publishers.EmptyText())
      .build();

  private static final RetryPolicy WILDCARD = RetryPolicy.builder("acme.publishers.Publishers.wildcard")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy LISTS = RetryPolicy.builder("acme.publishers.Publishers.lists")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy REACTIVE = RetryPolicy.builder("acme.publishers.Publishers.reactive")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy REACTIVE_WITH_TOKEN = RetryPolicy.builder("acme.publishers.Publishers.reactiveWithToken")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Publishers delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingPublishers(Publishers delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingPublishers(Publishers delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, FLOW, FLOW_WITH_TOKEN, WILDCARD, LISTS,
        REACTIVE, REACTIVE_WITH_TOKEN);
  }

  @Override
  public Flow.Publisher<String> flow(String request) {
    return PublisherRetry.call(
        runtime, FLOW, attempt -> delegate.flow(request));
  }

  @Override
  public Flow.Publisher<String> flowWithToken(String request, CancellationToken cancel) throws
      IOException {
    return PublisherRetry.call(
        runtime, FLOW_WITH_TOKEN, cancel, attempt -> delegate.flowWithToken(request,
            attempt.token()));
  }

  @Override
  public Flow.Publisher<? extends Number> wildcard() {
    return PublisherRetry.call(
        runtime, WILDCARD, attempt -> delegate.wildcard());
  }

  @Override
  public <T> Flow.Publisher<? extends List<T>> lists(CancellationToken cancel, T like) {
    return PublisherRetry.call(
        runtime, LISTS, cancel, attempt -> delegate.<T>lists(attempt.token(), like));
  }

  @Override
  public <T> Publisher<T> reactive(Class<T> type) {
    return FlowAdapters.toPublisher(PublisherRetry.call(
        runtime, REACTIVE, attempt -> FlowAdapters.toFlowPublisher(delegate.<T>reactive(type))));
  }

  @Override
  public Publisher<String> reactiveWithToken(CancellationToken cancel, String request) {
    return FlowAdapters.toPublisher(PublisherRetry.call(
        runtime, REACTIVE_WITH_TOKEN, cancel, attempt -> FlowAdapters.toFlowPublisher(delegate.reactiveWithToken(attempt.token(),
            request))));
  }

  @Override
  public String toString() {
    return "RetryingPublishers[" + delegate + "]";
  }
}
