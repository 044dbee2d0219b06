package acme.siblings;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Codec}.
 *
 * <ul>
 *   <li>{@code decode}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code read}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code all}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code check}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingCodec<U> implements Codec<U> {
  private static final RetryPolicy DECODE = RetryPolicy.builder("acme.siblings.Codec.decode")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy READ = RetryPolicy.builder("acme.siblings.Codec.read")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ALL = RetryPolicy.builder("acme.siblings.Codec.all")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CHECK = RetryPolicy.builder("acme.siblings.Codec.check")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Codec<U> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingCodec(Codec<U> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingCodec(Codec<U> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, DECODE, READ, ALL, CHECK);
  }

  @Override
  public U decode(String text) {
    RetryLoop retries = RetryLoop.begin(runtime, DECODE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        U result = delegate.decode(text);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, DECODE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> T read(Class<T> type) {
    RetryLoop retries = RetryLoop.begin(runtime, READ, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        T result = delegate.read(type);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, READ, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> ArrayList<? extends T> all(Class<T> type) {
    RetryLoop retries = RetryLoop.begin(runtime, ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        ArrayList<? extends T> result = delegate.all(type);
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
  public <X extends Exception> void check(Class<X> type) throws X {
    RetryLoop retries = RetryLoop.begin(runtime, CHECK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.check(type);
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CHECK, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingCodec[" + delegate + "]";
  }
}
