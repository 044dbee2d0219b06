package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.HandWritten;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Spring's template. */
public record SpringTemplateChat(ChatClient delegate, RetryTemplate template)
    implements ChatClient {

  public SpringTemplateChat(ChatClient delegate) {
    this(
        delegate,
        new RetryTemplate(
            RetryPolicy.builder()
                .maxRetries(HandWritten.MAX_RETRIES)
                .delay(Duration.ZERO)
                .predicate(HandWritten::isRetryable)
                .build()));
  }

  @Override
  public String complete(String prompt) throws IOException {
    try {
      return template.execute(() -> delegate.complete(prompt));
    } catch (RetryException e) {
      throw Causes.ioException(e);
    }
  }
}
