package acme.checks;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Checks}.
 *
 * <ul>
 *   <li>{@code value}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code timed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code generic}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code stream}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code handle}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code revised}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code revisedTimed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code revisedFuture}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code revisedPublisher}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code future}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code publisher}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code notChecked}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code ofAnotherType}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "try"})
class RetryingChecks<T> implements Checks<T> {
  private static final RetryPolicy VALUE = RetryPolicy.builder("acme.checks.Checks.value")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.NotEmpty())
      .build();

  private static final RetryPolicy TIMED = RetryPolicy.builder("acme.checks.Checks.timed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .check(new Checks.NotEmpty())
      .build();

  private static final RetryPolicy GENERIC = RetryPolicy.builder("acme.checks.Checks.generic")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.Any())
      .build();

  private static final RetryPolicy STREAM = RetryPolicy.builder("acme.checks.Checks.stream")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.NotEmpty())
      .build();

  private static final RetryPolicy HANDLE = RetryPolicy.builder("acme.checks.Checks.handle")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.NotEmpty())
      .build();

  private static final RetryPolicy REVISED = RetryPolicy.builder("acme.checks.Checks.revised")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .revise(new Checks.Ask())
      .build();

  private static final RetryPolicy REVISED_TIMED = RetryPolicy.builder("acme.checks.Checks.revisedTimed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .revise(new Checks.Ask())
      .build();

  private static final RetryPolicy REVISED_FUTURE = RetryPolicy.builder("acme.checks.Checks.revisedFuture")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.NotEmpty())
      .revise(new Checks.Ask())
      .build();

  private static final RetryPolicy REVISED_PUBLISHER = RetryPolicy.builder("acme.checks.Checks.revisedPublisher")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .revise(new Checks.Ask())
      .build();

  private static final RetryPolicy FUTURE = RetryPolicy.builder("acme.checks.Checks.future")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.NotEmpty())
      .build();

  private static final RetryPolicy PUBLISHER = RetryPolicy.builder("acme.checks.Checks.publisher")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .check(new Checks.NotEmpty())
      .build();

  private static final RetryPolicy NOT_CHECKED = RetryPolicy.builder("acme.checks.Checks.notChecked")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OF_ANOTHER_TYPE = RetryPolicy.builder("acme.checks.Checks.ofAnotherType")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Checks<T> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingChecks(Checks<T> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingChecks(Checks<T> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, VALUE, TIMED, GENERIC, STREAM, HANDLE,
        REVISED, REVISED_TIMED, REVISED_FUTURE, REVISED_PUBLISHER, FUTURE, PUBLISHER, NOT_CHECKED,
        OF_ANOTHER_TYPE);
  }

  @Override
  public String value(String question) throws IOException, InterruptedException {
    RetryLoop retries = RetryLoop.beginInterruptibly(runtime, VALUE, null);
    long startSequence = RetryLoop.sequence();
    String result = null;
    while (true) {
      try {
        result = delegate.value(question);
        RetryLoop.check(VALUE, result);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, VALUE, null, startSequence);
        }
        if (!retries.awaitRetryInterruptibly(e)) {
          if (RetryLoop.isRejected(VALUE, e)) {
            return result;
          }
          throw e;
        }
      }
    }
  }

  @Override
  public String timed(String question, CancellationToken token) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, TIMED, token);
    String result = null;
    while (true) {
      Attempt attempt = retries.beginAttempt();
      try {
        result = delegate.timed(question, attempt.token());
        RetryLoop.check(TIMED, result);
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          if (RetryLoop.isRejected(TIMED, e)) {
            return result;
          }
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public List<T> generic(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, GENERIC, null);
    long startSequence = RetryLoop.sequence();
    List<T> result = null;
    while (true) {
      try {
        result = delegate.generic(question);
        RetryLoop.check(GENERIC, result);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, GENERIC, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          if (RetryLoop.isRejected(GENERIC, e)) {
            return result;
          }
          throw e;
        }
      }
    }
  }

  @Override
  public Stream<String> stream(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, STREAM, null);
    long startSequence = RetryLoop.sequence();
    Stream<String> result = null;
    while (true) {
      try {
        FirstElement first = new FirstElement(STREAM);
        result = first.ofStream(delegate.stream(question));
        first.requireAccepted(result);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, STREAM, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          if (RetryLoop.isRejected(STREAM, e)) {
            return result;
          }
          throw e;
        }
      }
    }
  }

  @Override
  public Checks.Handle handle(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, HANDLE, null);
    long startSequence = RetryLoop.sequence();
    Checks.Handle result = null;
    while (true) {
      try {
        FirstElement first = new FirstElement(HANDLE);
        Checks.Handle handle = delegate.handle(question);
        if (handle == null) {
          result = null;
          RetryLoop.check(HANDLE, null);
          if (retries != null) {
            retries.succeeded();
          }
          return null;
        }
        Iterator<String> elements = first.ofIterator(handle, handle::elements);
        result = new Checks.Handle() {
          @Override
          public Iterator<String> elements() {
            return elements;
          }

          @Override
          public void close() {
            handle.close();
          }
        };
        first.requireAccepted(result);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, HANDLE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          if (RetryLoop.isRejected(HANDLE, e)) {
            return result;
          }
          throw e;
        }
      }
    }
  }

  @Override
  public String revised(String question) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, REVISED, null);
    long startSequence = RetryLoop.sequence();
    String revised = question;
    while (true) {
      try {
        String result = delegate.revised(revised);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, REVISED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
        revised = retries.revise(question);
      }
    }
  }

  @Override
  public String revisedTimed(String question, CancellationToken token) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, REVISED_TIMED, token);
    while (true) {
      Attempt attempt = retries.beginAttempt();
      try {
        String result = delegate.revisedTimed(attempt.revise(question), attempt.token());
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
  public CompletableFuture<String> revisedFuture(String question) {
    return AsyncRetry.call(
        runtime, REVISED_FUTURE, attempt -> delegate.revisedFuture(attempt.revise(question)));
  }

  @Override
  public Flow.Publisher<String> revisedPublisher(String question) {
    return PublisherRetry.call(
        runtime, REVISED_PUBLISHER, attempt -> delegate.revisedPublisher(attempt.revise(question)));
  }

  @Override
  public CompletableFuture<String> future(String question) {
    return FutureRetry.call(
        runtime, FUTURE, () -> delegate.future(question));
  }

  @Override
  public Flow.Publisher<String> publisher(String question) {
    return PublisherRetry.call(
        runtime, PUBLISHER, attempt -> delegate.publisher(question));
  }

  @Override
  public int notChecked(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, NOT_CHECKED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int result = delegate.notChecked(question);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, NOT_CHECKED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Integer ofAnotherType(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, OF_ANOTHER_TYPE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Integer result = delegate.ofAnotherType(question);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OF_ANOTHER_TYPE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingChecks[" + delegate + "]";
  }
}
