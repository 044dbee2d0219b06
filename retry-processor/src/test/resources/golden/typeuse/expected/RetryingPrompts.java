package acme.typeuse;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NonNull;

/**
 * Retries {@link Prompts}.
 *
 * <ul>
 *   <li>{@code offer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingPrompts<@NonNull P> implements Prompts<@NonNull P> {
  private static final RetryPolicy OFFER = RetryPolicy.builder("acme.typeuse.Prompts.offer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Queue<@NonNull P> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingPrompts(Queue<@NonNull P> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingPrompts(Queue<@NonNull P> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, OFFER);
  }

  @Override
  public boolean offer(@NonNull P element) {
    RetryLoop retries = RetryLoop.begin(runtime, OFFER, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        boolean result = delegate.offer(element);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OFFER, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingPrompts[" + delegate + "]";
  }
}
