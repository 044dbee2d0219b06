package acme.typeuse;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Labels.Client}.
 *
 * <ul>
 *   <li>{@code find}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
class RetryingLabels_Client implements Labels.Client {
  private static final RetryPolicy FIND = RetryPolicy.builder("acme.typeuse.Labels.Client.find")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Labels.Client delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingLabels_Client(Labels.Client delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingLabels_Client(Labels.Client delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, FIND);
  }

  @Override
  public @Labels.Label(names = {"first", "second"}, unit = TimeUnit.DAYS) String find(String left,
      String out) {
    RetryLoop retries = RetryLoop.begin(runtime, FIND, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.find(left, out);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FIND, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingLabels_Client[" + delegate + "]";
  }
}
