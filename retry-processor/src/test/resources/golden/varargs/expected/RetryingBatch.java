package acme.varargs;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Batch}.
 *
 * <ul>
 *   <li>{@code embed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code sizes}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code merge}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "unchecked"})
public class RetryingBatch implements Batch {
  private static final RetryPolicy EMBED = RetryPolicy.builder("acme.varargs.Batch.embed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SIZES = RetryPolicy.builder("acme.varargs.Batch.sizes")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy MERGE = RetryPolicy.builder("acme.varargs.Batch.merge")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Batch delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingBatch(Batch delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingBatch(Batch delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, EMBED, SIZES, MERGE);
  }

  @Override
  public float[] embed(String... texts) {
    RetryLoop retries = RetryLoop.begin(runtime, EMBED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        float[] result = delegate.embed(texts);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, EMBED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public int[][] sizes(CancellationToken token, int[]... rows) {
    RetryLoop retries = RetryLoop.begin(runtime, SIZES, token);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int[][] result = delegate.sizes(token, rows);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, SIZES, token, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> List<T> merge(List<? extends T>... lists) {
    RetryLoop retries = RetryLoop.begin(runtime, MERGE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        List<T> result = delegate.merge(lists);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, MERGE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingBatch[" + delegate + "]";
  }
}
