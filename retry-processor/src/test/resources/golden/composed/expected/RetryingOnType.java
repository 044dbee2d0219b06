package acme.composed;

import dev.llmretry.Jitter;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link OnType}.
 *
 * <ul>
 *   <li>{@code all}: up to 7 attempts, waits of half to all of 250, 500, 1000, 2000, 4000, … ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingOnType implements OnType {
  private static final RetryPolicy ALL = RetryPolicy.builder("acme.composed.OnType.all")
      .maxRetries(6)
      .baseDelay(Duration.ofMillis(250))
      .jitter(Jitter.EQUAL)
      .build();

  private final OnType delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOnType(OnType delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOnType(OnType delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ALL);
  }

  @Override
  public String all() {
    RetryLoop retries = RetryLoop.begin(runtime, ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.all();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String none() {
    return delegate.none();
  }

  @Override
  public String toString() {
    return "RetryingOnType[" + delegate + "]";
  }
}
