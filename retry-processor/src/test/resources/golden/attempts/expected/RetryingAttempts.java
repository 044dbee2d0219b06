package acme.attempts;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FirstElement;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Attempts}.
 *
 * <ul>
 *   <li>{@code blocking}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code timed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 2 s.
 *   <li>{@code both}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code bothTimed}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, all within 30 s.
 *   <li>{@code stream}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code consumer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code future}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code futureBoth}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code publisher}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code observer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code subscriber}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingAttempts implements Attempts {
  private static final RetryPolicy BLOCKING = RetryPolicy.builder("acme.attempts.Attempts.blocking")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy TIMED = RetryPolicy.builder("acme.attempts.Attempts.timed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(2000))
      .build();

  private static final RetryPolicy BOTH = RetryPolicy.builder("acme.attempts.Attempts.both")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy BOTH_TIMED = RetryPolicy.builder("acme.attempts.Attempts.bothTimed")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(30000))
      .build();

  private static final RetryPolicy STREAM = RetryPolicy.builder("acme.attempts.Attempts.stream")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CONSUMER = RetryPolicy.builder("acme.attempts.Attempts.consumer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FUTURE = RetryPolicy.builder("acme.attempts.Attempts.future")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FUTURE_BOTH = RetryPolicy.builder("acme.attempts.Attempts.futureBoth")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PUBLISHER = RetryPolicy.builder("acme.attempts.Attempts.publisher")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OBSERVER = RetryPolicy.builder("acme.attempts.Attempts.observer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SUBSCRIBER = RetryPolicy.builder("acme.attempts.Attempts.subscriber")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Attempts delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingAttempts(Attempts delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingAttempts(Attempts delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, BLOCKING, TIMED, BOTH, BOTH_TIMED, STREAM,
        CONSUMER, FUTURE, FUTURE_BOTH, PUBLISHER, OBSERVER, SUBSCRIBER);
  }

  @Override
  public String blocking(String request, Attempt attempt) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, BLOCKING, RetryLoop.tokenOf(attempt));
    long startSequence = RetryLoop.sequence();
    Attempt current = RetryLoop.firstAttempt(retries, runtime, RetryLoop.tokenOf(attempt));
    while (true) {
      try {
        String result = delegate.blocking(request, current);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, BLOCKING, RetryLoop.tokenOf(attempt), startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
        current = retries.nextAttempt(current);
      }
    }
  }

  @Override
  public String timed(Attempt each, String request) throws InterruptedException {
    RetryLoop retries = RetryLoop.beginTimedInterruptibly(runtime, TIMED, RetryLoop.tokenOf(each));
    while (true) {
      Attempt current = retries.beginAttempt();
      try {
        String result = delegate.timed(current, request);
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
  public String both(String request, CancellationToken cancel, Attempt attempt) {
    RetryLoop retries = RetryLoop.begin(runtime, BOTH, cancel);
    long startSequence = RetryLoop.sequence();
    Attempt current = RetryLoop.firstAttempt(retries, runtime, cancel);
    while (true) {
      try {
        String result = delegate.both(request, cancel, current);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, BOTH, cancel, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
        current = retries.nextAttempt(current);
      }
    }
  }

  @Override
  public String bothTimed(String request, CancellationToken cancel, Attempt attempt) {
    RetryLoop retries = RetryLoop.beginTimed(runtime, BOTH_TIMED, cancel);
    while (true) {
      Attempt current = retries.beginAttempt();
      try {
        String result = delegate.bothTimed(request, current.token(), current);
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
  public Stream<String> stream(String request, Attempt attempt) {
    RetryLoop retries = RetryLoop.begin(runtime, STREAM, RetryLoop.tokenOf(attempt));
    long startSequence = RetryLoop.sequence();
    Attempt current = RetryLoop.firstAttempt(retries, runtime, RetryLoop.tokenOf(attempt));
    while (true) {
      try {
        FirstElement first = new FirstElement(STREAM);
        Stream<String> result = first.ofStream(delegate.stream(request, current));
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, STREAM, RetryLoop.tokenOf(attempt), startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
        current = retries.nextAttempt(current);
      }
    }
  }

  @Override
  public void consumer(Attempt attempt, Consumer<String> tokens) {
    RetryLoop retries = RetryLoop.begin(runtime, CONSUMER, RetryLoop.tokenOf(attempt));
    long startSequence = RetryLoop.sequence();
    Attempt current = RetryLoop.firstAttempt(retries, runtime, RetryLoop.tokenOf(attempt));
    while (true) {
      CallbackGate gate = new CallbackGate(CONSUMER);
      try {
        delegate.consumer(current, element -> gate.element(element, () -> tokens.accept(element)));
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CONSUMER, RetryLoop.tokenOf(attempt), startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
        current = retries.nextAttempt(current);
      }
    }
  }

  @Override
  public CompletableFuture<String> future(String request, Attempt attempt) {
    return AsyncRetry.call(
        runtime, FUTURE, RetryLoop.tokenOf(attempt), current -> delegate.future(request, current));
  }

  @Override
  public CompletableFuture<Void> futureBoth(Attempt attempt, CancellationToken cancel,
      Consumer<String> tokens) {
    return AsyncRetry.call(
        runtime, FUTURE_BOTH, cancel, FutureRetry.gated(FUTURE_BOTH, (gate, current) -> delegate.futureBoth(current,
            current.token(), element -> gate.element(element, () -> tokens.accept(element)))));
  }

  @Override
  public Flow.Publisher<String> publisher(Attempt attempt) {
    return PublisherRetry.call(
        runtime, PUBLISHER, RetryLoop.tokenOf(attempt), current -> delegate.publisher(current));
  }

  @Override
  public void observer(Attempts.Observer observer, Attempt attempt) {
    CallbackRetry.call(
        runtime, OBSERVER, RetryLoop.tokenOf(attempt), observer::onError,
        current -> delegate.observer(new Attempts.Observer() {
          @Override
          public void onNext(String next) {
            current.element(next, () -> observer.onNext(next));
          }

          @Override
          public void onError(Throwable error) {
            current.failed(error);
          }

          @Override
          public void onComplete() {
            current.completed(() -> observer.onComplete());
          }
        }, current));
  }

  @Override
  public void subscriber(Flow.Subscriber<String> subscriber, Attempt attempt) {
    PublisherRetry.subscribe(
        runtime, SUBSCRIBER, RetryLoop.tokenOf(attempt), subscriber,
        (each, current) -> delegate.subscriber(each, current));
  }

  @Override
  public String once(Attempt attempt) {
    return delegate.once(attempt);
  }

  @Override
  public String toString() {
    return "RetryingAttempts[" + delegate + "]";
  }
}
