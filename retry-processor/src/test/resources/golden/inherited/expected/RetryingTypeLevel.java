package acme.inherited;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link TypeLevel}.
 *
 * <ul>
 *   <li>{@code own}: up to 8 attempts, waits 100, 200, 400, 800, 1600, … ms or as the provider asks.
 *   <li>{@code fromAnnotated}: up to 3 attempts, waits 100, 200 ms or as the provider asks.
 *   <li>{@code fromRoot}: up to 3 attempts, waits 100, 200 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingTypeLevel implements TypeLevel {
  private static final RetryPolicy OWN = RetryPolicy.builder("acme.inherited.TypeLevel.own")
      .maxRetries(7)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FROM_ANNOTATED = RetryPolicy.builder("acme.inherited.TypeLevel.fromAnnotated")
      .maxRetries(2)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FROM_ROOT = RetryPolicy.builder("acme.inherited.TypeLevel.fromRoot")
      .maxRetries(2)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final TypeLevel delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingTypeLevel(TypeLevel delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingTypeLevel(TypeLevel delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, OWN, FROM_ANNOTATED, FROM_ROOT);
  }

  @Override
  public void own() {
    RetryLoop retries = RetryLoop.begin(runtime, OWN, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.own();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OWN, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void plain() {
    delegate.plain();
  }

  @Override
  public void fromAnnotated() {
    RetryLoop retries = RetryLoop.begin(runtime, FROM_ANNOTATED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.fromAnnotated();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FROM_ANNOTATED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void optedOut() {
    delegate.optedOut();
  }

  @Override
  public void fromRoot() {
    RetryLoop retries = RetryLoop.begin(runtime, FROM_ROOT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.fromRoot();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FROM_ROOT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingTypeLevel[" + delegate + "]";
  }
}
