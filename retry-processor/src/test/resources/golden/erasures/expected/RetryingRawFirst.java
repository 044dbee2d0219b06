package acme.erasures;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link RawFirst}.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code forget}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "rawtypes", "unchecked"})
class RetryingRawFirst implements RawFirst {
  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.erasures.RawFirst.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FORGET = RetryPolicy.builder("acme.erasures.RawFirst.forget")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final RawFirst delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingRawFirst(RawFirst delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingRawFirst(RawFirst delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COMPLETE, FORGET);
  }

  @Override
  public String complete(List prompts, int count) {
    RetryLoop retries = RetryLoop.begin(runtime, COMPLETE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = ((Raw) delegate).complete(prompts, count);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COMPLETE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void forget(Object prompt) {
    RetryLoop retries = RetryLoop.begin(runtime, FORGET, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        ((Raw) delegate).forget(prompt);
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FORGET, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingRawFirst[" + delegate + "]";
  }
}
