package dev.llmretry.benchmarks;

import java.io.IOException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.resilience.annotation.Retryable;

/** Proxied by Spring, as {@code @EnableResilientMethods} does with beans. */
class SpringChat implements ChatClient {

  private final Delegate delegate;

  SpringChat(Delegate delegate) {
    this.delegate = delegate;
  }

  static ChatClient proxied(Delegate delegate) {
    var processor = new RetryAnnotationBeanPostProcessor();
    processor.setBeanFactory(new DefaultListableBeanFactory());
    return (ChatClient) processor.postProcessAfterInitialization(new SpringChat(delegate), "chat");
  }

  @Override
  @Retryable(maxRetries = HandWritten.MAX_RETRIES, delay = 0)
  public String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }
}
