package acme.scopes;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Captured}.
 *
 * <ul>
 *   <li>{@code convert}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code andThen}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingCaptured<K, V> implements Captured<K, V> {
  private static final RetryPolicy CONVERT = RetryPolicy.builder("acme.scopes.Captured.convert")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy AND_THEN = RetryPolicy.builder("acme.scopes.Captured.andThen")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Converter<K, V> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingCaptured(Converter<K, V> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingCaptured(Converter<K, V> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, CONVERT, AND_THEN);
  }

  @Override
  public V convert(K value) {
    RetryLoop retries = RetryLoop.begin(runtime, CONVERT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        V result = delegate.convert(value);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CONVERT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <V2> Converter<K, V2> andThen(Function<? super V, ? extends V2> after) {
    RetryLoop retries = RetryLoop.begin(runtime, AND_THEN, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Converter<K, V2> result = delegate.andThen(after);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, AND_THEN, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingCaptured[" + delegate + "]";
  }
}
