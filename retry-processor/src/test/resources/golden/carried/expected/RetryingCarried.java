package acme.carried;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Carried}.
 *
 * <ul>
 *   <li>{@code ask}: up to 2 attempts, waits 100 ms or as the provider asks.
 *   <li>{@code inherited}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass", "deprecation"})
public class RetryingCarried implements Carried {
  private static final RetryPolicy ASK = RetryPolicy.builder("acme.carried.Carried.ask")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy INHERITED = RetryPolicy.builder("acme.carried.Carried.inherited")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Carried delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingCarried(Carried delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingCarried(Carried delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ASK, INHERITED);
  }

  @Override
  @Carried.TimedSet({
      @Carried.Timed("ask"),
      @Carried.Timed(value = "ask.again", max = 9223372036854775807L, unit = Carried.Unit.OLD, of = {String.class, Carried.Unit.class})
  })
  public @Carried.OnResult String ask(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, ASK, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.ask(question);
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

  @Override
  @Deprecated
  @Carried.OnAnything
  public void once() {
    delegate.once();
  }

  @Override
  @Carried.Old
  public String inherited(String text) {
    RetryLoop retries = RetryLoop.begin(runtime, INHERITED, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.inherited(text);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, INHERITED, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String notCarried(String text) {
    return delegate.notCarried(text);
  }

  @Override
  public String toString() {
    return "RetryingCarried[" + delegate + "]";
  }
}
