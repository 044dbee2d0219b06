package acme.generic;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Store}.
 *
 * <ul>
 *   <li>{@code find}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code findAll}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code remove}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks, all within 5 s.
 *   <li>{@code entries}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingStore<K extends Comparable<? super K>, V, X extends Exception> implements Store<K, V, X> {
  private static final RetryPolicy FIND = RetryPolicy.builder("acme.generic.Store.find")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FIND_ALL = RetryPolicy.builder("acme.generic.Store.findAll")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy REMOVE = RetryPolicy.builder("acme.generic.Store.remove")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .deadline(Duration.ofMillis(5000))
      .build();

  private static final RetryPolicy ENTRIES = RetryPolicy.builder("acme.generic.Store.entries")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Store<K, V, X> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingStore(Store<K, V, X> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingStore(Store<K, V, X> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, FIND, FIND_ALL, REMOVE, ENTRIES);
  }

  @Override
  public V find(K key) throws X {
    RetryLoop retries = RetryLoop.begin(runtime, FIND, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        V result = delegate.find(key);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FIND, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <T extends Number & Comparable<T>> Map<K, ? extends List<T>> findAll(
      Function<? super K, T[]> loader, CancellationToken token) throws X {
    RetryLoop retries = RetryLoop.begin(runtime, FIND_ALL, token);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Map<K, ? extends List<T>> result = delegate.findAll(loader, token);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FIND_ALL, token, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <E extends Throwable> void remove(K key, Class<E> error) throws E, X {
    RetryLoop retries = RetryLoop.beginTimed(runtime, REMOVE, null);
    while (true) {
      retries.beginAttempt();
      try {
        delegate.remove(key, error);
        retries.succeeded();
        return;
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
  public <T> T unretried(List<? super T> sink) {
    return delegate.unretried(sink);
  }

  @Override
  public Map.Entry<K, V>[] entries() {
    RetryLoop retries = RetryLoop.begin(runtime, ENTRIES, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Map.Entry<K, V>[] result = delegate.entries();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ENTRIES, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingStore[" + delegate + "]";
  }
}
