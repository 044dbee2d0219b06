package acme.woven;

import dev.llmretry.aspectj.WovenClass;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import java.time.Duration;
import javax.annotation.processing.Generated;

/**
 * Says how {@link BaseClient} is retried, once AspectJ has woven it.
 *
 * <ul>
 *   <li>{@code summarise}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
final class WovenBaseClient {
  private static final RetryPolicy SUMMARISE = RetryPolicy.builder("acme.woven.BaseClient.summarise")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  static {
    WovenClass.describe(BaseClient.class, isWoven())
        .interruptibleLoop("summarise(java.lang.Object)", SUMMARISE)
        .register();
  }

  private WovenBaseClient() {
  }

  private static boolean isWoven() {
    return false;
  }
}
