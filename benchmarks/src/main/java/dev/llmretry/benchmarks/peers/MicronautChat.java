package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Prototype;
import io.micronaut.retry.annotation.RetryPredicate;
import io.micronaut.retry.annotation.Retryable;
import java.io.IOException;

/**
 * Subclassed by Micronaut's compiler plug-in; the interceptor does its work at run time. Unless
 * told so, it passes over checked exceptions.
 */
@Prototype
@Retryable(
    attempts = "" + HandWritten.MAX_RETRIES,
    delay = "0ms",
    capturedException = Exception.class,
    predicate = MicronautChat.RetryableErrors.class)
public class MicronautChat implements ChatClient {

  private final ChatClient delegate;

  MicronautChat(@Parameter ChatClient delegate) {
    this.delegate = delegate;
  }

  public static ChatClient intercepted(ChatClient delegate) {
    return ApplicationContext.run().createBean(MicronautChat.class, delegate);
  }

  @Override
  public String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }

  /** Retries what the hand-written loop does. */
  public static final class RetryableErrors implements RetryPredicate {

    @Override
    public boolean test(Throwable error) {
      return HandWritten.isRetryable(error);
    }
  }
}
