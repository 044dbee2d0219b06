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
 * Retries {@link Mixed}.
 *
 * <ul>
 *   <li>{@code old}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code goingAway}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code fine}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "deprecation", "removal"})
public class RetryingMixed implements Mixed {
  private static final RetryPolicy OLD = RetryPolicy.builder("acme.deprecated.Mixed.old")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy GOING_AWAY = RetryPolicy.builder("acme.deprecated.Mixed.goingAway")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FINE = RetryPolicy.builder("acme.deprecated.Mixed.fine")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Mixed delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingMixed(Mixed delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingMixed(Mixed delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, OLD, GOING_AWAY, FINE);
  }

  @Override
  @Deprecated
  public String old(Old client) {
    RetryLoop retries = RetryLoop.begin(runtime, OLD, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.old(client);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OLD, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  @Deprecated(
      since = "2",
      forRemoval = true
  )
  public String goingAway() {
    RetryLoop retries = RetryLoop.begin(runtime, GOING_AWAY, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.goingAway();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, GOING_AWAY, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String fine(Old client) {
    RetryLoop retries = RetryLoop.begin(runtime, FINE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.fine(client);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FINE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingMixed[" + delegate + "]";
  }
}
