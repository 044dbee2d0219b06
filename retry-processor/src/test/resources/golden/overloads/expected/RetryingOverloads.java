package acme.overloads;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Overloads}.
 *
 * <ul>
 *   <li>{@code chat}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code chat}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code chat}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code chat}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code chat}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code clear}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code since}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code since}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code once}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingOverloads<T extends Number> implements Overloads<T> {
  private static final RetryPolicy CHAT = RetryPolicy.builder("acme.overloads.Overloads.chat(String)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CHAT_2 = RetryPolicy.builder("acme.overloads.Overloads.chat(List, CancellationToken)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CHAT_3 = RetryPolicy.builder("acme.overloads.Overloads.chat(String, String...)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CHAT_4 = RetryPolicy.builder("acme.overloads.Overloads.chat(Map.Entry, int[])")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CHAT_5 = RetryPolicy.builder("acme.overloads.Overloads.chat(CharSequence, Number)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy CLEAR = RetryPolicy.builder("acme.overloads.Overloads.clear")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SINCE = RetryPolicy.builder("acme.overloads.Overloads.since(java.util.Date)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy SINCE_2 = RetryPolicy.builder("acme.overloads.Overloads.since(java.sql.Date)")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ONCE = RetryPolicy.builder("acme.overloads.Overloads.once")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Overloads<T> delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingOverloads(Overloads<T> delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingOverloads(Overloads<T> delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, CHAT, CHAT_2, CHAT_3, CHAT_4, CHAT_5, CLEAR,
        SINCE, SINCE_2, ONCE);
  }

  @Override
  public String chat(String prompt) {
    RetryLoop retries = RetryLoop.begin(runtime, CHAT, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.chat(prompt);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CHAT, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String chat(List<String> prompts, CancellationToken token) {
    RetryLoop retries = RetryLoop.begin(runtime, CHAT_2, token);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.chat(prompts, token);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CHAT_2, token, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String chat(String first, String... more) {
    RetryLoop retries = RetryLoop.begin(runtime, CHAT_3, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.chat(first, more);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CHAT_3, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String chat(Map.Entry<String, Integer> entry, int[] counts) {
    RetryLoop retries = RetryLoop.begin(runtime, CHAT_4, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.chat(entry, counts);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CHAT_4, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public <S extends CharSequence> String chat(S prompt, T count) {
    RetryLoop retries = RetryLoop.begin(runtime, CHAT_5, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.chat(prompt, count);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CHAT_5, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void clear() {
    RetryLoop retries = RetryLoop.begin(runtime, CLEAR, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.clear();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, CLEAR, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void since(Date date) {
    RetryLoop retries = RetryLoop.begin(runtime, SINCE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.since(date);
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, SINCE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void since(java.sql.Date date) {
    RetryLoop retries = RetryLoop.begin(runtime, SINCE_2, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.since(date);
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, SINCE_2, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String once(String prompt) {
    RetryLoop retries = RetryLoop.begin(runtime, ONCE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.once(prompt);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ONCE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String once(int prompt) {
    return delegate.once(prompt);
  }

  @Override
  public String toString() {
    return "RetryingOverloads[" + delegate + "]";
  }
}
