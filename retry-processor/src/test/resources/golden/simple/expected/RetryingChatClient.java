package acme.simple;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.generated.WrapperRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Retries {@link ChatClient}.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 *   <li>{@code ping}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
public class RetryingChatClient implements ChatClient {
  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.simple.ChatClient.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private static final RetryPolicy PING = RetryPolicy.builder("acme.simple.ChatClient.ping")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  private final ChatClient delegate;

  private final RetryRuntime runtime;

  /**
   * Wraps {@code delegate}, in the standard runtime.
   */
  public RetryingChatClient(ChatClient delegate) {
    this(delegate, RetryRuntime.standard());
  }

  /**
   * Wraps {@code delegate}.
   */
  public RetryingChatClient(ChatClient delegate, RetryRuntime runtime) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.runtime = WrapperRuntime.of(runtime, delegate, COMPLETE, PING);
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public String complete(String request, CancellationToken cancel) throws IOException {
    RetryLoop retries = RetryLoop.begin(runtime, COMPLETE, cancel);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = delegate.complete(request, cancel);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, COMPLETE, cancel, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void ping() {
    RetryLoop retries = RetryLoop.begin(runtime, PING, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        delegate.ping();
        if (retries != null) {
          retries.succeeded();
        }
        return;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, PING, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return "RetryingChatClient[" + delegate + "]";
  }
}
