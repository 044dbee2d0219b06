package dev.llmretry.benchmarks.callers.policies;

import java.io.IOException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.resilience.annotation.Retryable;

/**
 * Proxied by Spring, as {@code @EnableResilientMethods} does with beans. The annotation is on the
 * class, since behind a JDK proxy Spring 7.0 passes over one on the method.
 */
@Retryable(
    maxRetries = BackOff.RETRIES,
    delay = BackOff.BASE_MILLIS,
    jitter = BackOff.BASE_MILLIS / 2,
    multiplier = BackOff.MULTIPLIER,
    maxDelay = BackOff.MAX_MILLIS)
class SpringChat implements Chat {

  private final Chat delegate;

  SpringChat(Chat delegate) {
    this.delegate = delegate;
  }

  static Chat proxied(Chat delegate) {
    RetryAnnotationBeanPostProcessor processor = new RetryAnnotationBeanPostProcessor();
    processor.setBeanFactory(new DefaultListableBeanFactory());
    return (Chat) processor.postProcessAfterInitialization(new SpringChat(delegate), "chat");
  }

  @Override
  public String ask() throws IOException, InterruptedException {
    return delegate.ask();
  }
}
