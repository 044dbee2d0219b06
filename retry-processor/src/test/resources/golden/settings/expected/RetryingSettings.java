package acme.settings;

import dev.llmretry.FailureKind;
import dev.llmretry.Jitter;
import dev.llmretry.Nested;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Settings}.
 *
 * <ul>
 *   <li>{@code everything}: up to 11 attempts, waits of 50 to 3000000000 ms at random or as the provider asks, each given 30 s, all within 120 s.
 *   <li>{@code immediate}: up to 2 attempts, waits 0 ms or as the provider asks.
 *   <li>{@code jittered}: up to 9 attempts, waits of up to 100, 200, 400, 800, 1600, … ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingSettings implements Settings {
  private static final RetryPolicy EVERYTHING = RetryPolicy.builder("acme.settings.Settings.everything")
      .key("all-of-them")
      .maxRetries(10)
      .baseDelay(Duration.ofMillis(50))
      .multiplier(1.5)
      .maxDelay(Duration.ofMillis(3000000000L))
      .jitter(Jitter.DECORRELATED)
      .nested(Nested.RETRY)
      .deadline(Duration.ofMillis(120000))
      .attemptTimeout(Duration.ofMillis(30000))
      .unlimitedRetryAfter()
      .retryOn(SocketTimeoutException.class)
      .retryOn(IllegalStateException.class)
      .abortOn(IOException.class)
      .retryOn(FailureKind.CONTENT_FILTERED)
      .retryOn(FailureKind.UNKNOWN)
      .abortOn(FailureKind.TIMEOUT)
      .build();

  private static final RetryPolicy IMMEDIATE = RetryPolicy.builder("acme.settings.Settings.immediate")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(0))
      .maxRetryAfter(Duration.ofMillis(5000))
      .build();

  private static final RetryPolicy JITTERED = RetryPolicy.builder("acme.settings.Settings.jittered")
      .maxRetries(8)
      .baseDelay(Duration.ofMillis(100))
      .jitter(Jitter.FULL)
      .build();

  private final Settings delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingSettings(Settings delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingSettings(Settings delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, EVERYTHING, IMMEDIATE, JITTERED);
  }

  @Override
  public String everything() throws IOException {
    RetryLoop retries = RetryLoop.beginTimed(runtime, EVERYTHING, null);
    while (true) {
      retries.beginAttempt();
      try {
        String result = delegate.everything();
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public String immediate() {
    RetryLoop retries = RetryLoop.begin(runtime, IMMEDIATE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.immediate();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, IMMEDIATE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String jittered() {
    RetryLoop retries = RetryLoop.begin(runtime, JITTERED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.jittered();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, JITTERED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingSettings[" + delegate + "]";
  }
}
