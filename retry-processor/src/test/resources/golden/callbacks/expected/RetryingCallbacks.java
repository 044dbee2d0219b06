package acme.callbacks;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javax.annotation.processing.Generated;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Subscriber;

/**
 * Retries {@link Callbacks}.
 *
 * <ul>
 *   <li>{@code consumer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code counted}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, each given 5 s, until the first element has arrived.
 *   <li>{@code pairs}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code future}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code stage}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code listener}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code observer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code named}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code overloaded}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code overloaded}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code anything}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code subscriber}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code reactive}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, all within 30 s, until the first element has arrived.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "overloads"})
public class RetryingCallbacks<K> implements Callbacks<K> {
  private static final RetryPolicy CONSUMER = RetryPolicy.builder("acme.callbacks.Callbacks.consumer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .preamble(new Callbacks.Ping())
      .build();

  private static final RetryPolicy COUNTED = RetryPolicy.builder("acme.callbacks.Callbacks.counted")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .attemptTimeout(Duration.ofMillis(5000))
      .build();

  private static final RetryPolicy PAIRS = RetryPolicy.builder("acme.callbacks.Callbacks.pairs")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FUTURE = RetryPolicy.builder("acme.callbacks.Callbacks.future")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy STAGE = RetryPolicy.builder("acme.callbacks.Callbacks.stage")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy LISTENER = RetryPolicy.builder("acme.callbacks.Callbacks.listener")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OBSERVER = RetryPolicy.builder("acme.callbacks.Callbacks.observer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .preamble(new Callbacks.Ping())
      .build();

  private static final RetryPolicy NAMED = RetryPolicy.builder("acme.callbacks.Callbacks.named")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OVERLOADED = RetryPolicy.builder("acme.callbacks.Callbacks.overloaded(Consumer)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy OVERLOADED_2 = RetryPolicy.builder("acme.callbacks.Callbacks.overloaded(IntConsumer)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ANYTHING = RetryPolicy.builder("acme.callbacks.Callbacks.anything")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SUBSCRIBER = RetryPolicy.builder("acme.callbacks.Callbacks.subscriber")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy REACTIVE = RetryPolicy.builder("acme.callbacks.Callbacks.reactive")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(30000))
      .build();

  private final Callbacks<K> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingCallbacks(Callbacks<K> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingCallbacks(Callbacks<K> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, CONSUMER, COUNTED, PAIRS, FUTURE, STAGE,
        LISTENER, OBSERVER, NAMED, OVERLOADED, OVERLOADED_2, ANYTHING, SUBSCRIBER, REACTIVE);
  }

  @Override
  public void consumer(String request, Consumer<? super String> tokens) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, CONSUMER, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(CONSUMER);
      try {
        delegate.consumer(request, element -> gate.element(element, () -> tokens.accept(element)));
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CONSUMER, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public int counted(IntConsumer element, CancellationToken cancel) throws InterruptedException {
    RetryLoop retries = RetryLoop.beginTimedInterruptibly(runtime, COUNTED, cancel);
    while (true) {
      Attempt attempt = retries.beginAttempt();
      CallbackGate gate = new CallbackGate(COUNTED, retries.emissionGuard());
      try {
        int result = delegate.counted(element_ -> gate.element(element_, () -> element.accept(element_)),
            attempt.token());
        gate.completed();
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetryInterruptibly(e, gate.failed())) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  @Override
  public void pairs(BiConsumer<K, String> gate, Consumer<String> log) {
    RetryLoop retries = RetryLoop.begin(runtime, PAIRS, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate_ = new CallbackGate(PAIRS);
      try {
        delegate.pairs((arg0, arg1) -> gate_.element(arg0, () -> gate.accept(arg0, arg1)), log);
        gate_.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, PAIRS, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate_.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public CompletableFuture<Integer> future(Consumer<String> tokens, String request) {
    return AsyncRetry.call(
        runtime, FUTURE, FutureRetry.gated(FUTURE, (gate, attempt) -> delegate.future(element -> gate.element(element, () -> tokens.accept(element)),
            request)));
  }

  @Override
  public CompletionStage<Void> stage(Callbacks.Listener<K> each, CancellationToken cancel) {
    return AsyncRetry.call(
        runtime, STAGE, cancel, FutureRetry.gated(STAGE, (gate, attempt) -> delegate.stage(new Callbacks.Listener<K>() {
          @Override
          public void onOpen() {
            gate.announcement(() -> each.onOpen());
          }

          @Override
          public void onEvent(K event, String name) {
            gate.element(event, () -> each.onEvent(event, name));
          }

          @Override
          public void onComment(String comment) {
            gate.element(comment, () -> each.onComment(comment));
          }

          @Override
          public boolean stopped() {
            return each.stopped();
          }
        }, attempt.token())));
  }

  @Override
  public void listener(Callbacks.Listener<? super K> listener) {
    RetryLoop retries = RetryLoop.begin(runtime, LISTENER, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(LISTENER);
      try {
        delegate.listener(new Callbacks.Listener<K>() {
          @Override
          public void onOpen() {
            gate.announcement(() -> listener.onOpen());
          }

          @Override
          public void onEvent(K event, String name) {
            gate.element(event, () -> listener.onEvent(event, name));
          }

          @Override
          public void onComment(String comment) {
            gate.element(comment, () -> listener.onComment(comment));
          }

          @Override
          public boolean stopped() {
            return listener.stopped();
          }
        });
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, LISTENER, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public void observer(Callbacks.Observer<String> observer, CancellationToken cancel) throws
      IOException {
    CallbackRetry.call(
        runtime, OBSERVER, cancel, observer::onError,
        attempt -> delegate.observer(new Callbacks.Observer<String>() {
          @Override
          public void onNext(String next) {
            attempt.element(next, () -> observer.onNext(next));
          }

          @Override
          public void onError(Throwable error) {
            attempt.failed(error);
          }

          @Override
          public void onCompleted() {
            attempt.completed(() -> observer.onCompleted());
          }
        }, attempt.token()));
  }

  @Override
  public <T> void named(Callbacks.Handler<T> handler, T attempt) {
    CallbackRetry.call(
        runtime, NAMED, null, handler::failed,
        attempt_ -> delegate.<T>named(new Callbacks.Handler<T>() {
          @Override
          public void partial(T part) {
            attempt_.element(part, () -> handler.partial(part));
          }

          @Override
          public void thinking(String thought) {
            attempt_.element(thought, () -> handler.thinking(thought));
          }

          @Override
          public void finished(T whole) {
            attempt_.completed(() -> handler.finished(whole));
          }

          @Override
          public void failed(Throwable handler_) {
            attempt_.failed(handler_);
          }
        }, attempt));
  }

  @Override
  public void overloaded(Consumer<String> consumer) {
    RetryLoop retries = RetryLoop.begin(runtime, OVERLOADED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(OVERLOADED);
      try {
        delegate.overloaded(new Consumer<String>() {
          @Override
          public void accept(String arg0) {
            gate.element(arg0, () -> consumer.accept(arg0));
          }
        });
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OVERLOADED, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public void overloaded(IntConsumer consumer) {
    RetryLoop retries = RetryLoop.begin(runtime, OVERLOADED_2, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(OVERLOADED_2);
      try {
        delegate.overloaded(new IntConsumer() {
          @Override
          public void accept(int arg0) {
            gate.element(arg0, () -> consumer.accept(arg0));
          }
        });
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, OVERLOADED_2, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> void anything(Consumer<T> consumer, Class<T> type) {
    RetryLoop retries = RetryLoop.begin(runtime, ANYTHING, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(ANYTHING);
      try {
        delegate.<T>anything(element -> gate.element(element, () -> consumer.accept(element)),
            type);
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ANYTHING, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public void subscriber(String request, Flow.Subscriber<? super String> subscriber) {
    PublisherRetry.subscribe(
        runtime, SUBSCRIBER, null, subscriber,
        (each, attempt) -> delegate.subscriber(request, each));
  }

  @Override
  public void reactive(Subscriber<K> each, CancellationToken cancel) {
    PublisherRetry.subscribe(
        runtime, REACTIVE, cancel, FlowAdapters.toFlowSubscriber(each),
        (each_, attempt) -> delegate.reactive(FlowAdapters.toSubscriber(each_), attempt.token()));
  }

  @Override
  public String toString() {
    return "RetryingCallbacks[" + delegate + "]";
  }
}
