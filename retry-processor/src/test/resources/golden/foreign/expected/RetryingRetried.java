package acme.foreign;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Retried}.
 *
 * <ul>
 *   <li>{@code call}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code callAll}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code call}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code dimensions}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code all}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingRetried implements Retried {
  private static final RetryPolicy CALL = RetryPolicy.builder("acme.foreign.Retried.call(String)")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALL_ALL = RetryPolicy.builder("acme.foreign.Retried.callAll")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALL_2 = RetryPolicy.builder("acme.foreign.Retried.call(Number)")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy DIMENSIONS = RetryPolicy.builder("acme.foreign.Retried.dimensions")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ALL = RetryPolicy.builder("acme.foreign.Retried.all")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final ChatModel delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingRetried(ChatModel delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingRetried(ChatModel delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, CALL, CALL_ALL, CALL_2, DIMENSIONS, ALL);
  }

  @Override
  public String call(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, CALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.call(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> List<T> callAll(List<? extends T> requests, Class<T> type) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, CALL_ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        List<T> result = delegate.callAll(requests, type);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL_ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String call(Number request) {
    RetryLoop retries = RetryLoop.begin(runtime, CALL_2, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.call(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL_2, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public ChatModel.Options getOptions() {
    return delegate.getOptions();
  }

  @Override
  public Set<? extends ChatModel.Capability> supported() {
    return delegate.supported();
  }

  @Override
  public String modelName() {
    return delegate.modelName();
  }

  @Override
  public int dimensions() {
    RetryLoop retries = RetryLoop.begin(runtime, DIMENSIONS, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int result = delegate.dimensions();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, DIMENSIONS, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public ChatModel.Batches batches() {
    return delegate.batches();
  }

  @Override
  public String[] all() {
    RetryLoop retries = RetryLoop.begin(runtime, ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String[] result = delegate.all();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingRetried[" + delegate + "]";
  }
}
