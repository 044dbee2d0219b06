package acme.woven;

import dev.llmretry.aspectj.WovenClass;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import java.time.Duration;
import javax.annotation.processing.Generated;

/**
 * Says how {@link BaseClient.Nested$Client} is retried, once AspectJ has woven it.
 *
 * <ul>
 *   <li>{@code nested}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
final class WovenBaseClient_Nested_Client {
  private static final RetryPolicy NESTED = RetryPolicy.builder("acme.woven.BaseClient.Nested$Client.nested")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  static {
    WovenClass.describe(BaseClient.Nested$Client.class, isWoven())
        .loop("nested()", NESTED)
        .register();
  }

  private WovenBaseClient_Nested_Client() {
  }

  private static boolean isWoven() {
    return false;
  }
}
