package acme.inherited;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Service}.
 *
 * <ul>
 *   <li>{@code covariant}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code describe}: up to 6 attempts, waits 100, 200, 400, 800, 1600 ms or as the provider asks.
 *   <li>{@code own}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code ask}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
public class RetryingService implements Service {
  private static final RetryPolicy COVARIANT = RetryPolicy.builder("acme.inherited.Service.covariant")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy DESCRIBE = RetryPolicy.builder("acme.inherited.Service.describe")
      .maxRetries(5)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OWN = RetryPolicy.builder("acme.inherited.Service.own")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ASK = RetryPolicy.builder("acme.inherited.Service.ask")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Service delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingService(Service delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingService(Service delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COVARIANT, DESCRIBE, OWN, ASK);
  }

  @Override
  public Integer covariant() {
    RetryLoop retries = RetryLoop.begin(runtime, COVARIANT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Integer result = delegate.covariant();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COVARIANT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public List<? extends Integer> askAll(List<? extends String> questions) {
    return delegate.askAll(questions);
  }

  @Override
  public String describe() {
    RetryLoop retries = RetryLoop.begin(runtime, DESCRIBE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.describe();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, DESCRIBE, null, startSequence);
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
  public Integer ask(String question) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, ASK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Integer result = delegate.ask(question);
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
  public void onlyHere() {
    delegate.onlyHere();
  }

  @Override
  public String toString() {
    return "RetryingService[" + delegate + "]";
  }
}
