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
 * Retries {@link OnMethods}.
 *
 * <ul>
 *   <li>{@code composed}: up to 7 attempts, waits of half to all of 250, 500, 1000, 2000, 4000, … ms or as the provider asks.
 *   <li>{@code twice}: up to 7 attempts, waits of half to all of 250, 500, 1000, 2000, 4000, … ms or as the provider asks.
 *   <li>{@code plain}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingOnMethods implements OnMethods {
  private static final RetryPolicy COMPOSED = RetryPolicy.builder("acme.composed.OnMethods.composed")
      .maxRetries(6)
      .baseDelay(Duration.ofMillis(250))
      .jitter(Jitter.EQUAL)
      .build();

  private static final RetryPolicy TWICE = RetryPolicy.builder("acme.composed.OnMethods.twice")
      .maxRetries(6)
      .baseDelay(Duration.ofMillis(250))
      .jitter(Jitter.EQUAL)
      .build();

  private static final RetryPolicy PLAIN = RetryPolicy.builder("acme.composed.OnMethods.plain")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final OnMethods delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOnMethods(OnMethods delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOnMethods(OnMethods delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COMPOSED, TWICE, PLAIN);
  }

  @Override
  public String composed() {
    RetryLoop retries = RetryLoop.begin(runtime, COMPOSED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.composed();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COMPOSED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String twice() {
    RetryLoop retries = RetryLoop.begin(runtime, TWICE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.twice();
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
  public String plain() {
    RetryLoop retries = RetryLoop.begin(runtime, PLAIN, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.plain();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, PLAIN, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingOnMethods[" + delegate + "]";
  }
}
