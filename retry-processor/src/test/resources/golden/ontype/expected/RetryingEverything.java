package acme.ontype;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Everything}.
 *
 * <ul>
 *   <li>{@code name}: up to 3 attempts, waits 10, 20 ms or as the provider asks.
 *   <li>{@code own}: up to 5 attempts, waits 100, 200, 400, 800 ms or as the provider asks.
 *   <li>{@code inDefault}: up to 3 attempts, waits 10, 20 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "try"})
public class RetryingEverything implements Everything {
  private static final RetryPolicy NAME = RetryPolicy.builder("acme.ontype.Everything.name")
      .maxRetries(2)
      .baseDelay(Duration.ofMillis(10))
      .build();

  private static final RetryPolicy OWN = RetryPolicy.builder("acme.ontype.Everything.own")
      .maxRetries(4)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy IN_DEFAULT = RetryPolicy.builder("acme.ontype.Everything.inDefault")
      .maxRetries(2)
      .baseDelay(Duration.ofMillis(10))
      .build();

  private final Everything delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingEverything(Everything delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingEverything(Everything delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, NAME, OWN, IN_DEFAULT);
  }

  @Override
  public String name() {
    RetryLoop retries = RetryLoop.begin(runtime, NAME, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.name();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, NAME, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String own() {
    RetryLoop retries = RetryLoop.begin(runtime, OWN, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.own();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
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
  public String none() {
    return delegate.none();
  }

  @Override
  public String inDefault() {
    RetryLoop retries = RetryLoop.begin(runtime, IN_DEFAULT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.inDefault();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, IN_DEFAULT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    delegate.close();
  }

  @Override
  public String toString() {
    return "RetryingEverything[" + delegate + "]";
  }
}
