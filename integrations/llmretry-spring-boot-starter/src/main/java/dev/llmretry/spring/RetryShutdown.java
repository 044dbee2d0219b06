package dev.llmretry.spring;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Cancels all calls when the context begins to close. A destroy method would run only after the
 * graceful shutdown of the web server, which waits for requests, and so for their delays.
 */
final class RetryShutdown implements ApplicationListener<ContextClosedEvent> {

  private final ApplicationContext context;
  private final CancellationSource source = new CancellationSource();

  RetryShutdown(ApplicationContext context) {
    this.context = context;
  }

  CancellationToken token() {
    return source.token();
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (event.getApplicationContext() == context) { // not a child of it
      source.cancel();
    }
  }
}
