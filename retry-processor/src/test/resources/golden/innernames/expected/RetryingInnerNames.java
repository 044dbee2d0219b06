package acme.innernames;

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
 * Retries {@link InnerNames}.
 *
 * <ul>
 *   <li>{@code handle}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code callback}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "try"})
public class RetryingInnerNames implements InnerNames {
  private static final RetryPolicy HANDLE = RetryPolicy.builder("acme.innernames.InnerNames.handle")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALLBACK = RetryPolicy.builder("acme.innernames.InnerNames.callback")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final InnerNames delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingInnerNames(InnerNames delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingInnerNames(InnerNames delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, HANDLE, CALLBACK);
  }

  @java.lang.Override
  public InnerNames.Handle handle(java.lang.String header_) {
    RetryLoop retries = RetryLoop.begin(runtime, HANDLE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(HANDLE);
        InnerNames.Handle handle_ = delegate.handle(header_);
        if (handle_ == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Stream<java.lang.String> elements_ = first.ofStream(handle_, handle_::stream);
        InnerNames.Handle result = new InnerNames.Handle() {
          @java.lang.Override
          public Stream<java.lang.String> stream() {
            return elements_;
          }

          @java.lang.Override
          public void close() {
            handle_.close();
          }
        };
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, HANDLE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @java.lang.Override
  public void callback(InnerNames.Callback callback_) {
    RetryLoop retries = RetryLoop.begin(runtime, CALLBACK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate_ = new CallbackGate(CALLBACK);
      try {
        delegate.callback(new InnerNames.Callback() {
          @java.lang.Override
          public void onText(java.lang.String text) {
            gate_.element(text, () -> callback_.onText(text));
          }

          @java.lang.Override
          public void onClose() {
            gate_.announcement(() -> callback_.onClose());
          }
        });
        gate_.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALLBACK, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate_.failed())) {
          throw e;
        }
      }
    }
  }

  @java.lang.Override
  public java.lang.String toString() {
    return "RetryingInnerNames[" + delegate + "]";
  }
}
