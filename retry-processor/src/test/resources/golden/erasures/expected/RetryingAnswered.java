package acme.erasures;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Answered}.
 *
 * <ul>
 *   <li>{@code type}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "unchecked"})
class RetryingAnswered implements Answered {
  private static final RetryPolicy TYPE = RetryPolicy.builder("acme.erasures.Answered.type")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Answer delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingAnswered(Answer delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingAnswered(Answer delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, TYPE);
  }

  @Override
  public Class<Answer> type() {
    RetryLoop retries = RetryLoop.begin(runtime, TYPE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Class<Answer> result = delegate.type();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, TYPE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingAnswered[" + delegate + "]";
  }
}
