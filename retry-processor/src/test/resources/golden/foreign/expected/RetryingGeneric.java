package acme.foreign;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Generic}.
 *
 * <ul>
 *   <li>{@code twice}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code call}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingGeneric<T> implements Generic<T> {
  private static final RetryPolicy TWICE = RetryPolicy.builder("acme.foreign.Generic.twice")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALL = RetryPolicy.builder("acme.foreign.Generic.call")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Model<T, String> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingGeneric(Model<T, String> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingGeneric(Model<T, String> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, TWICE, CALL);
  }

  @Override
  public <S extends T> String twice(S request) {
    if (!(delegate instanceof Generic<T> own)) {
      return Generic.super.twice(request);
    }
    RetryLoop retries = RetryLoop.begin(runtime, TWICE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = own.twice(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, TWICE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String call(T request) {
    RetryLoop retries = RetryLoop.begin(runtime, CALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.call(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingGeneric[" + delegate + "]";
  }
}
