package acme.finalizers;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Session}.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "deprecation", "removal"})
class RetryingSession implements Session {
  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.finalizers.Session.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Session delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingSession(Session delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingSession(Session delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COMPLETE);
  }

  @Override
  public String complete(String prompt) {
    RetryLoop retries = RetryLoop.begin(runtime, COMPLETE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.complete(prompt);
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
  public void finalize() throws Throwable {
    delegate.finalize();
  }

  @Override
  public String toString() {
    return "RetryingSession[" + delegate + "]";
  }
}
