package acme.inherited;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Siblings}.
 *
 * <ul>
 *   <li>{@code get}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingSiblings implements Siblings {
  private static final RetryPolicy GET = RetryPolicy.builder("acme.inherited.Siblings.get")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Siblings delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingSiblings(Siblings delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingSiblings(Siblings delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, GET);
  }

  @Override
  public CharSequence get(String key) throws InterruptedException, FileNotFoundException {
    RetryLoop retries = RetryLoop.beginInterruptibly(runtime, GET, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        CharSequence result = delegate.get(key);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, GET, null, startSequence);
        }
        if (!retries.awaitRetryInterruptibly(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingSiblings[" + delegate + "]";
  }
}
