package acme.streams;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Responses}.
 *
 * <ul>
 *   <li>{@code opened}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code iterated}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "try"})
public class RetryingResponses implements Responses {
  private static final RetryPolicy OPENED = RetryPolicy.builder("acme.streams.Responses.opened")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ITERATED = RetryPolicy.builder("acme.streams.Responses.iterated")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Responses delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingResponses(Responses delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingResponses(Responses delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, OPENED, ITERATED);
  }

  @Override
  public Responses.Opened<String> opened(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, OPENED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(OPENED);
        Responses.Opened<String> handle = delegate.opened(request);
        if (handle == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Stream<String> elements = first.ofStream(handle, handle::stream);
        Responses.Opened<String> result = new Responses.Opened<String>() {
          @Override
          public Stream<String> stream() {
            return elements;
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
          retries = new RetryLoop(runtime, OPENED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Responses.Iterated<String> iterated(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, ITERATED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(ITERATED);
        Responses.Iterated<String> handle = delegate.iterated(request);
        if (handle == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Iterable<String> elements = first.ofIterable(handle, () -> handle);
        Responses.Iterated<String> result = new Responses.Iterated<String>() {
          @Override
          public void close() {
            handle.close();
          }

          @Override
          public Iterator<String> iterator() {
            return elements.iterator();
          }
        };
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ITERATED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingResponses[" + delegate + "]";
  }
}
