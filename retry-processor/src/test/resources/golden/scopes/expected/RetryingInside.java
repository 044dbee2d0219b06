package acme.scopes;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Inside}.
 *
 * <ul>
 *   <li>{@code stream}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "try"})
class RetryingInside<T> implements Inside<T> {
  private static final RetryPolicy STREAM = RetryPolicy.builder("acme.scopes.Inside.stream")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.scopes.Inside.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Inside<T> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingInside(Inside<T> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingInside(Inside<T> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, STREAM, COMPLETE);
  }

  @Override
  public Handle<T> stream(T prompt) {
    RetryLoop retries = RetryLoop.begin(runtime, STREAM, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(STREAM);
        Handle<T> handle = delegate.stream(prompt);
        if (handle == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Stream<T> elements = first.ofStream(handle, handle::elements);
        Handle<T> result = new Handle<T>() {
          @Override
          public Stream<T> elements() {
            return elements;
          }

          @Override
          public <T2> T2 unwrap(Class<T2> type, T element) {
            return handle.unwrap(type, element);
          }

          @Override
          public void close() {
            handle.close();
          }
        };
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, STREAM, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <X> void complete(X prompt, Listener<X> listener) {
    RetryLoop retries = RetryLoop.begin(runtime, COMPLETE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(COMPLETE);
      try {
        delegate.<X>complete(prompt, new Listener<X>() {
          @Override
          public void onElement(X element) {
            gate.element(element, () -> listener.onElement(element));
          }

          @Override
          public <X2> X2 unwrap(Class<X2> type, X element) {
            return listener.unwrap(type, element);
          }
        });
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COMPLETE, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingInside[" + delegate + "]";
  }
}
