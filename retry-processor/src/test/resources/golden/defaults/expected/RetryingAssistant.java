package acme.defaults;

import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link Assistant}.
 *
 * <ul>
 *   <li>{@code answer}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code answerTwice}: up to 2 attempts, waits 100 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingAssistant implements Assistant {
  private static final RetryPolicy ANSWER = RetryPolicy.builder("acme.defaults.Assistant.answer")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy ANSWER_TWICE = RetryPolicy.builder("acme.defaults.Assistant.answerTwice")
      .maxRetries(1)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final Assistant delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingAssistant(Assistant delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingAssistant(Assistant delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, ANSWER, ANSWER_TWICE);
  }

  @Override
  public String answer(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, ANSWER, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.answer(question);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ANSWER, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String answerTwice(String question) {
    RetryLoop retries = RetryLoop.begin(runtime, ANSWER_TWICE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.answerTwice(question);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, ANSWER_TWICE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String greet() {
    return delegate.greet();
  }

  @Override
  public String visible() {
    return delegate.visible();
  }

  @Override
  public String toString() {
    return "RetryingAssistant[" + delegate + "]";
  }
}
