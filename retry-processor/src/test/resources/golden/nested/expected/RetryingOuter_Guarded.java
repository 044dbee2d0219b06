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
 * Retries {@link Outer.Guarded}.
 *
 * <ul>
 *   <li>{@code count}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
class RetryingOuter_Guarded implements Outer.Guarded {
  private static final RetryPolicy COUNT = RetryPolicy.builder("acme.nested.Outer.Guarded.count")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Outer.Guarded delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOuter_Guarded(Outer.Guarded delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOuter_Guarded(Outer.Guarded delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COUNT);
  }

  @Override
  public int count() {
    RetryLoop retries = RetryLoop.begin(runtime, COUNT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int result = delegate.count();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COUNT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingOuter_Guarded[" + delegate + "]";
  }
}
