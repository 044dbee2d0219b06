package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.AsyncChatClient;
import dev.llmretry.benchmarks.HandWritten;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Prototype;
import io.micronaut.retry.annotation.Retryable;
import java.util.concurrent.CompletableFuture;

/** As {@link MicronautChat}, without blocking. */
@Prototype
@Retryable(
    attempts = "" + HandWritten.MAX_RETRIES,
    delay = "0ms",
    predicate = MicronautChat.RetryableErrors.class)
public class MicronautAsyncChat implements AsyncChatClient {

  private final AsyncChatClient delegate;

  MicronautAsyncChat(@Parameter AsyncChatClient delegate) {
    this.delegate = delegate;
  }

  public static AsyncChatClient intercepted(AsyncChatClient delegate) {
    return ApplicationContext.run().createBean(MicronautAsyncChat.class, delegate);
  }

  @Override
  public CompletableFuture<String> complete(String prompt) {
    return delegate.complete(prompt);
  }
}
