package acme.interrupts;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Interruptible}.
 *
 * <ul>
 *   <li>{@code itself}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code anything}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code everything}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code variable}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code unchecked}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingInterruptible<X extends Exception> implements Interruptible<X> {
  private static final RetryPolicy ITSELF = RetryPolicy.builder("acme.interrupts.Interruptible.itself")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ANYTHING = RetryPolicy.builder("acme.interrupts.Interruptible.anything")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy EVERYTHING = RetryPolicy.builder("acme.interrupts.Interruptible.everything")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy VARIABLE = RetryPolicy.builder("acme.interrupts.Interruptible.variable")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy UNCHECKED = RetryPolicy.builder("acme.interrupts.Interruptible.unchecked")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Interruptible<X> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingInterruptible(Interruptible<X> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingInterruptible(Interruptible<X> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ITSELF, ANYTHING, EVERYTHING, VARIABLE,
        UNCHECKED);
  }

  @Override
  public String itself() throws InterruptedException {
    RetryLoop retries = RetryLoop.beginInterruptibly(runtime, ITSELF, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.itself();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ITSELF, null, startSequence);
        }
        if (!retries.awaitRetryInterruptibly(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String anything() throws Exception {
    RetryLoop retries = RetryLoop.beginInterruptibly(runtime, ANYTHING, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.anything();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ANYTHING, null, startSequence);
        }
        if (!retries.awaitRetryInterruptibly(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String everything() throws Throwable {
    RetryLoop retries = RetryLoop.beginInterruptibly(runtime, EVERYTHING, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.everything();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, EVERYTHING, null, startSequence);
        }
        if (!retries.awaitRetryInterruptibly(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String variable() throws X {
    RetryLoop retries = RetryLoop.begin(runtime, VARIABLE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.variable();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, VARIABLE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String unchecked() throws IllegalStateException {
    RetryLoop retries = RetryLoop.begin(runtime, UNCHECKED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.unchecked();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, UNCHECKED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingInterruptible[" + delegate + "]";
  }
}
