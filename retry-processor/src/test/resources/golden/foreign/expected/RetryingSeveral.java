package acme.foreign;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Several}.
 *
 * <ul>
 *   <li>{@code call}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "try"})
class RetryingSeveral implements Several {
  private static final RetryPolicy CALL = RetryPolicy.builder("acme.foreign.Several.call")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Several delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingSeveral(Several delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingSeveral(Several delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, CALL);
  }

  @Override
  public void close() {
    delegate.close();
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
  public String toString() {
    return "RetryingSeveral[" + delegate + "]";
  }
}
