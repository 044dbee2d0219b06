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
 * Retries {@link Base}.
 *
 * <ul>
 *   <li>{@code ask}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code askAll}: up to 3 attempts, waits 100, 200 ms or as the provider asks.
 *   <li>{@code covariant}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingBase<Q, A> implements Base<Q, A> {
  private static final RetryPolicy ASK = RetryPolicy.builder("acme.inherited.Base.ask")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ASK_ALL = RetryPolicy.builder("acme.inherited.Base.askAll")
      .maxRetries(2)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy COVARIANT = RetryPolicy.builder("acme.inherited.Base.covariant")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Base<Q, A> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingBase(Base<Q, A> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingBase(Base<Q, A> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ASK, ASK_ALL, COVARIANT);
  }

  @Override
  public A ask(Q question) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, ASK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        A result = delegate.ask(question);
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
  public List<? extends A> askAll(List<? extends Q> questions) {
    RetryLoop retries = RetryLoop.begin(runtime, ASK_ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        List<? extends A> result = delegate.askAll(questions);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ASK_ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Object describe() throws IOException, InterruptedException {
    return delegate.describe();
  }

  @Override
  public Object covariant() {
    RetryLoop retries = RetryLoop.begin(runtime, COVARIANT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Object result = delegate.covariant();
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
  public String toString() {
    return "RetryingBase[" + delegate + "]";
  }
}
