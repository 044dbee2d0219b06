package acme.foreign;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.FutureRetry;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.annotation.processing.Generated;

/**
 * Retries {@link WithDefaults}.
 *
 * <ul>
 *   <li>{@code ask}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code parsed}: up to 3 attempts, waits 100, 200 ms or as the provider asks.
 *   <li>{@code parsedLater}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code emit}: up to 5 attempts, waits 100, 200, 400, 800 ms or as the provider asks, until the first element has arrived.
 *   <li>{@code call}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code call}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code callAll}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code dimensions}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code all}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code describe}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
class RetryingWithDefaults implements WithDefaults {
  private static final RetryPolicy ASK = RetryPolicy.builder("acme.foreign.WithDefaults.ask")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PARSED = RetryPolicy.builder("acme.foreign.WithDefaults.parsed")
      .maxRetries(2)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PARSED_LATER = RetryPolicy.builder("acme.foreign.WithDefaults.parsedLater")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy EMIT = RetryPolicy.builder("acme.foreign.WithDefaults.emit")
      .maxRetries(4)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALL = RetryPolicy.builder("acme.foreign.WithDefaults.call(Number)")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALL_2 = RetryPolicy.builder("acme.foreign.WithDefaults.call(String)")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CALL_ALL = RetryPolicy.builder("acme.foreign.WithDefaults.callAll")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy DIMENSIONS = RetryPolicy.builder("acme.foreign.WithDefaults.dimensions")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ALL = RetryPolicy.builder("acme.foreign.WithDefaults.all")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy DESCRIBE = RetryPolicy.builder("acme.foreign.WithDefaults.describe")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final ChatModel delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingWithDefaults(ChatModel delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingWithDefaults(ChatModel delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ASK, PARSED, PARSED_LATER, EMIT, CALL,
        CALL_2, CALL_ALL, DIMENSIONS, ALL, DESCRIBE);
  }

  @Override
  public String ask(String question) {
    if (!(delegate instanceof WithDefaults own)) {
      return WithDefaults.super.ask(question);
    }
    RetryLoop retries = RetryLoop.begin(runtime, ASK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = own.ask(question);
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

  private int parsedAttempt(String question, String... own) throws IOException {
    if (!(delegate instanceof WithDefaults own_)) {
      return WithDefaults.super.parsed(question, own);
    }
    return own_.parsed(question, own);
  }

  @Override
  public int parsed(String question, String... own) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, PARSED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int result = this.parsedAttempt(question, own);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, PARSED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  private CompletableFuture<Integer> parsedLaterAttempt(String question) {
    if (!(delegate instanceof WithDefaults own)) {
      return WithDefaults.super.parsedLater(question);
    }
    return own.parsedLater(question);
  }

  @Override
  public CompletableFuture<Integer> parsedLater(String question) {
    return FutureRetry.call(
        runtime, PARSED_LATER, () -> this.parsedLaterAttempt(question));
  }

  private void emitAttempt(String question, Consumer<String> onText) {
    if (!(delegate instanceof WithDefaults own)) {
      WithDefaults.super.emit(question, onText);
      return;
    }
    own.emit(question, onText);
  }

  @Override
  public void emit(String question, Consumer<String> onText) {
    RetryLoop retries = RetryLoop.begin(runtime, EMIT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      CallbackGate gate = new CallbackGate(EMIT);
      try {
        this.emitAttempt(question, element -> gate.element(element, () -> onText.accept(element)));
        gate.completed();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, EMIT, null, startSequence);
        }
        if (!retries.awaitRetry(e, gate.failed())) {
          throw e;
        }
      }
    }
  }

  @Override
  public void warmUp(String delegate) {
    if (!(this.delegate instanceof WithDefaults own)) {
      WithDefaults.super.warmUp(delegate);
      return;
    }
    own.warmUp(delegate);
  }

  @Override
  public String call(Number request) {
    if (!(delegate instanceof WithDefaults own)) {
      return WithDefaults.super.call(request);
    }
    RetryLoop retries = RetryLoop.begin(runtime, CALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = own.call(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String call(String request) {
    RetryLoop retries = RetryLoop.begin(runtime, CALL_2, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.call(request);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL_2, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T> List<T> callAll(List<? extends T> requests, Class<T> type) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, CALL_ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        List<T> result = delegate.callAll(requests, type);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CALL_ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public ChatModel.Options getOptions() {
    return delegate.getOptions();
  }

  @Override
  public Set<? extends ChatModel.Capability> supported() {
    return delegate.supported();
  }

  @Override
  public String modelName() {
    return delegate.modelName();
  }

  @Override
  public int dimensions() {
    RetryLoop retries = RetryLoop.begin(runtime, DIMENSIONS, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        int result = delegate.dimensions();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, DIMENSIONS, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public ChatModel.Batches batches() {
    return delegate.batches();
  }

  @Override
  public String[] all() {
    RetryLoop retries = RetryLoop.begin(runtime, ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String[] result = delegate.all();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ALL, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String describe(String prefix) {
    if (!(delegate instanceof Described own)) {
      return WithDefaults.super.describe(prefix);
    }
    RetryLoop retries = RetryLoop.begin(runtime, DESCRIBE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = own.describe(prefix);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, DESCRIBE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingWithDefaults[" + delegate + "]";
  }
}
