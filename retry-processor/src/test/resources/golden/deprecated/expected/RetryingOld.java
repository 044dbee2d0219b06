package acme.deprecated;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Old}.
 *
 * <ul>
 *   <li>{@code stillFine}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Deprecated
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "deprecation"})
public class RetryingOld implements Old {
  private static final RetryPolicy STILL_FINE = RetryPolicy.builder("acme.deprecated.Old.stillFine")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Old delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOld(Old delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOld(Old delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, STILL_FINE);
  }

  @Override
  public String stillFine() {
    RetryLoop retries = RetryLoop.begin(runtime, STILL_FINE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.stillFine();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, STILL_FINE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingOld[" + delegate + "]";
  }
}
