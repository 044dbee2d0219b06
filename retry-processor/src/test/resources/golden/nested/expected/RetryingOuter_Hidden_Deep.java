package acme.nested;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Outer.Hidden.Deep}.
 *
 * <ul>
 *   <li>{@code deep}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
class RetryingOuter_Hidden_Deep implements Outer.Hidden.Deep {
  private static final RetryPolicy DEEP = RetryPolicy.builder("acme.nested.Outer.Hidden.Deep.deep")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Outer.Hidden.Deep delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOuter_Hidden_Deep(Outer.Hidden.Deep delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOuter_Hidden_Deep(Outer.Hidden.Deep delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, DEEP);
  }

  @Override
  public long deep() {
    RetryLoop retries = RetryLoop.begin(runtime, DEEP, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        long result = delegate.deep();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, DEEP, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingOuter_Hidden_Deep[" + delegate + "]";
  }
}
