package dev.llmretry.benchmarks.peers;

import com.github.rholder.retry.RetryException;
import com.github.rholder.retry.Retryer;
import com.github.rholder.retry.RetryerBuilder;
import com.github.rholder.retry.StopStrategies;
import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** guava-retrying, which has two wrappers: for what it refuses and for what it gives up on. */
public record GuavaRetryingChat(ChatClient delegate, Retryer<String> retryer)
    implements ChatClient {

  public GuavaRetryingChat(ChatClient delegate) {
    this(
        delegate,
        RetryerBuilder.<String>newBuilder()
            .retryIfException(HandWritten::isRetryable)
            .withStopStrategy(StopStrategies.stopAfterAttempt(HandWritten.MAX_RETRIES + 1))
            .build());
  }

  @Override
  public String complete(String prompt) throws IOException {
    try {
      return retryer.call(() -> delegate.complete(prompt));
    } catch (ExecutionException e) {
      throw Causes.ioException(e);
    } catch (RetryException e) {
      throw Causes.asDeclared(e.getLastFailedAttempt().getExceptionCause());
    }
  }
}
