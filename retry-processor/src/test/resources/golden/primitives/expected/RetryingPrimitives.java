package acme.primitives;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Primitives}.
 *
 * <ul>
 *   <li>{@code isReady}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code bytes}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code count}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code matrix}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code nothing}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code boxed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingPrimitives implements Primitives {
  private static final RetryPolicy IS_READY = RetryPolicy.builder("acme.primitives.Primitives.isReady")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy BYTES = RetryPolicy.builder("acme.primitives.Primitives.bytes")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy COUNT = RetryPolicy.builder("acme.primitives.Primitives.count")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy MATRIX = RetryPolicy.builder("acme.primitives.Primitives.matrix")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy NOTHING = RetryPolicy.builder("acme.primitives.Primitives.nothing")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy BOXED = RetryPolicy.builder("acme.primitives.Primitives.boxed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Primitives delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingPrimitives(Primitives delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingPrimitives(Primitives delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, IS_READY, BYTES, COUNT, MATRIX, NOTHING,
        BOXED);
  }

  @Override
  public boolean isReady() {
    RetryLoop retries = RetryLoop.begin(runtime, IS_READY, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        boolean result = delegate.isReady();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, IS_READY, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public byte[] bytes(byte b, short s, char c) {
    RetryLoop retries = RetryLoop.begin(runtime, BYTES, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        byte[] result = delegate.bytes(b, s, c);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, BYTES, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public int count(int i, long l) {
    RetryLoop retries = RetryLoop.begin(runtime, COUNT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int result = delegate.count(i, l);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COUNT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public double[][] matrix(float f, double d) {
    RetryLoop retries = RetryLoop.begin(runtime, MATRIX, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        double[][] result = delegate.matrix(f, d);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, MATRIX, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void nothing() {
    RetryLoop retries = RetryLoop.begin(runtime, NOTHING, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.nothing();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, NOTHING, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Void boxed() {
    RetryLoop retries = RetryLoop.begin(runtime, BOXED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Void result = delegate.boxed();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, BOXED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingPrimitives[" + delegate + "]";
  }
}
