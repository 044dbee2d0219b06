package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import java.io.IOException;
import java.lang.reflect.Method;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;

/**
 * Proxied by Spring, as {@code @EnableResilientMethods} does with beans. The annotation is on the
 * class, since behind a JDK proxy Spring 7.0 passes over one on the method.
 */
@Retryable(
    maxRetries = HandWritten.MAX_RETRIES,
    delay = 0,
    predicate = SpringChat.RetryableErrors.class)
public class SpringChat implements ChatClient {

  private final ChatClient delegate;

  public SpringChat(ChatClient delegate) {
    this.delegate = delegate;
  }

  public static ChatClient proxied(ChatClient delegate) {
    var processor = new RetryAnnotationBeanPostProcessor();
    processor.setBeanFactory(new DefaultListableBeanFactory());
    return (ChatClient) processor.postProcessAfterInitialization(new SpringChat(delegate), "chat");
  }

  @Override
  public String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }

  /** Retries what the hand-written loop does. */
  static final class RetryableErrors implements MethodRetryPredicate {

    @Override
    public boolean shouldRetry(Method method, Throwable error) {
      return HandWritten.isRetryable(error);
    }
  }
}
