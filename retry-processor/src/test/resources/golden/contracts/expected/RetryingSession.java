package acme.contracts;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Session}.
 *
 * <ul>
 *   <li>{@code ask}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "rawtypes", "serial", "try"})
public class RetryingSession implements Session {
  private static final RetryPolicy ASK = RetryPolicy.builder("acme.contracts.Session.ask")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Session delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingSession(Session delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingSession(Session delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ASK);
  }

  @Override
  public List ask(Map raw) {
    RetryLoop retries = RetryLoop.begin(runtime, ASK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        List result = delegate.ask(raw);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ASK, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    delegate.close();
  }

  @Override
  public int compareTo(Session arg0) {
    return delegate.compareTo(arg0);
  }

  @Override
  public String toString() {
    return "RetryingSession[" + delegate + "]";
  }
}
