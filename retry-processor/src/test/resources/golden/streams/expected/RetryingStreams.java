package acme.streams;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Streams}.
 *
 * <ul>
 *   <li>{@code opening}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code numbers}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code stream}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code iterator}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 5 s, until the first element has arrived.
 *   <li>{@code iterable}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code handle}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code sorted}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code lines}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code events}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "try"})
public class RetryingStreams implements Streams {
  private static final RetryPolicy OPENING = RetryPolicy.builder("acme.streams.Streams.opening")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy NUMBERS = RetryPolicy.builder("acme.streams.Streams.numbers")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy STREAM = RetryPolicy.builder("acme.streams.Streams.stream")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .preamble(new Streams.Ping())
      .build();

  private static final RetryPolicy ITERATOR = RetryPolicy.builder("acme.streams.Streams.iterator")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(5000))
      .build();

  private static final RetryPolicy ITERABLE = RetryPolicy.builder("acme.streams.Streams.iterable")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy HANDLE = RetryPolicy.builder("acme.streams.Streams.handle")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .preamble(new Streams.Ping())
      .build();

  private static final RetryPolicy SORTED = RetryPolicy.builder("acme.streams.Streams.sorted")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy LINES = RetryPolicy.builder("acme.streams.Streams.lines")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy EVENTS = RetryPolicy.builder("acme.streams.Streams.events")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Streams delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingStreams(Streams delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingStreams(Streams delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, OPENING, NUMBERS, STREAM, ITERATOR,
        ITERABLE, HANDLE, SORTED, LINES, EVENTS);
  }

  @Override
  public Stream<String> opening(String request) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, OPENING, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Stream<String> result = delegate.opening(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OPENING, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public IntStream numbers(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, NUMBERS, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        IntStream result = delegate.numbers(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, NUMBERS, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Stream<String> stream(String request, CancellationToken cancel) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, STREAM, cancel);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(STREAM);
        Stream<String> result = first.ofStream(delegate.stream(request, cancel));
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, STREAM, cancel, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Iterator<? extends CharSequence> iterator(String request) throws InterruptedException {
    RetryLoop retries = RetryLoop.beginTimedInterruptibly(runtime, ITERATOR, null);
    while (true) {
      retries.beginAttempt();
      try {
        FirstElement first = new FirstElement(ITERATOR);
        Iterator<? extends CharSequence> result = first.ofIterator(delegate.iterator(request));
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetryInterruptibly(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public <T extends Number> Iterable<T> iterable(T request) {
    RetryLoop retries = RetryLoop.begin(runtime, ITERABLE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(ITERABLE);
        Iterable<T> result = first.ofIterable(delegate.<T>iterable(request));
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ITERABLE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Streams.Response<String> handle(String handle, String elements) {
    RetryLoop retries = RetryLoop.begin(runtime, HANDLE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(HANDLE);
        Streams.Response<String> handle_ = delegate.handle(handle, elements);
        if (handle_ == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Stream<String> elements_ = first.ofStream(handle_, handle_::stream);
        Streams.Response<String> result = new Streams.Response<String>() {
          @Override
          public Stream<String> stream() {
            return elements_;
          }

          @Override
          public String header(String name, String... result_) {
            return handle_.header(name, result_);
          }

          @Override
          public <X extends Exception> int status(X ifUnknown) throws X {
            return handle_.status(ifUnknown);
          }

          @Override
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

  @Override
  public <T extends Comparable<T>> Stream<T> sorted() {
    RetryLoop retries = RetryLoop.begin(runtime, SORTED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(SORTED);
        Stream<T> result = first.ofStream(delegate.<T>sorted());
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, SORTED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Streams.Lines lines(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, LINES, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(LINES);
        Streams.Lines handle = delegate.lines(request);
        if (handle == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Iterator<String> elements = first.ofIterator(handle, () -> handle);
        Streams.Lines result = new Streams.Lines() {
          @Override
          public long count() throws IOException {
            return handle.count();
          }

          @Override
          public void close() throws IOException {
            handle.close();
          }

          @Override
          public boolean hasNext() {
            return elements.hasNext();
          }

          @Override
          public String next() {
            return elements.next();
          }
        };
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, LINES, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Streams.Events events(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, EVENTS, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        FirstElement first = new FirstElement(EVENTS);
        Streams.Events handle = delegate.events(request);
        if (handle == null) {
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Iterable<Integer> elements = first.ofIterable(handle, () -> handle);
        Streams.Events result = new Streams.Events() {
          @Override
          public Iterator<Integer> iterator() {
            return elements.iterator();
          }

          @Override
          public void close() throws Exception {
            handle.close();
          }
        };
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, EVENTS, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingStreams[" + delegate + "]";
  }
}
