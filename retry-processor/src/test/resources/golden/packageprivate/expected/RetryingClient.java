package acme.packageprivate;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Client}.
 *
 * <ul>
 *   <li>{@code ask}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingClient implements Client {
  private static final RetryPolicy ASK = RetryPolicy.builder("acme.packageprivate.Client.ask")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Client delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingClient(Client delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingClient(Client delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ASK);
  }

  @Override
  public Answer ask(Question question) throws Trouble {
    RetryLoop retries = RetryLoop.begin(runtime, ASK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Answer result = delegate.ask(question);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ASK, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingClient[" + delegate + "]";
  }
}
