package acme.typeuse;

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
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Retries {@link Marked}.
 *
 * <ul>
 *   <li>{@code find}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code all}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code pick}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code first}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@NullMarked
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "unchecked"})
public class RetryingMarked<T extends @Nullable Object> implements Marked<T> {
  private static final RetryPolicy FIND = RetryPolicy.builder("acme.typeuse.Marked.find")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ALL = RetryPolicy.builder("acme.typeuse.Marked.all")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PICK = RetryPolicy.builder("acme.typeuse.Marked.pick")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy FIRST = RetryPolicy.builder("acme.typeuse.Marked.first")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Marked<T> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingMarked(Marked<T> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingMarked(Marked<T> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, FIND, ALL, PICK, FIRST);
  }

  @Override
  public @Nullable String find(@Nullable String key, @Nullable CancellationToken token) {
    RetryLoop retries = RetryLoop.begin(runtime, FIND, token);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.find(key, token);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FIND, token, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Map<String, @Nullable List<@Nullable T>> all(String @Nullable [] keys,
      @Nullable T... more) {
    RetryLoop retries = RetryLoop.begin(runtime, ALL, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Map<String, @Nullable List<@Nullable T>> result = delegate.all(keys, more);
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
  public <U extends @Nullable Object> U pick(List<? extends @Nullable U> from) {
    RetryLoop retries = RetryLoop.begin(runtime, PICK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        U result = delegate.pick(from);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, PICK, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public Map. @Nullable Entry<String, T> first() {
    RetryLoop retries = RetryLoop.begin(runtime, FIRST, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Map.Entry<String, T> result = delegate.first();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, FIRST, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingMarked[" + delegate + "]";
  }
}
