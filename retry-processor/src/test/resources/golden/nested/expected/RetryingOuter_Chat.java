package acme.nested;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Outer.Chat}.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code inner}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingOuter_Chat implements Outer.Chat {
  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.nested.Outer.Chat.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy INNER = RetryPolicy.builder("acme.nested.Outer.Chat.inner")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Outer.Chat delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOuter_Chat(Outer.Chat delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOuter_Chat(Outer.Chat delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COMPLETE, INNER);
  }

  @Override
  public Outer.Chat.Response complete(Outer.Chat.Request request) {
    RetryLoop retries = RetryLoop.begin(runtime, COMPLETE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Outer.Chat.Response result = delegate.complete(request);
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
  public Outer.Generic<String>.Inner inner(Outer.Generic.Nested<Integer> nested) {
    RetryLoop retries = RetryLoop.begin(runtime, INNER, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Outer.Generic<String>.Inner result = delegate.inner(nested);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, INNER, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingOuter_Chat[" + delegate + "]";
  }
}
