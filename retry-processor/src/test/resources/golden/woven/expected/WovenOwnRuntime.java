package acme.woven;

import dev.llmretry.aspectj.WovenCall;
import dev.llmretry.aspectj.WovenClass;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.GeneratedByLlmRetry;
import dev.llmretry.runtime.generated.RetryLoop;
import java.time.Duration;
import javax.annotation.processing.Generated;

/**
 * Says how {@link OwnRuntime} is retried, once AspectJ has woven it.
 *
 * <ul>
 *   <li>{@code complete}: up to 4 attempts, waits 100, 200, 400 ms or as the provider asks.
 * </ul>
 */
@Generated("dev.llmretry.processor.LlmRetryProcessor")
@GeneratedByLlmRetry
@SuppressWarnings({"all", "auxiliaryclass"})
final class WovenOwnRuntime {
  private static final RetryPolicy COMPLETE = RetryPolicy.builder("acme.woven.OwnRuntime.complete")
      .maxRetries(3)
      .baseDelay(Duration.ofMillis(100))
      .build();

  static {
    WovenClass.describe(OwnRuntime.class, isWoven())
        .function("complete(java.lang.String)", COMPLETE, WovenOwnRuntime::complete)
        .register();
  }

  private WovenOwnRuntime() {
  }

  private static String complete(WovenCall call) throws Throwable {
    RetryLoop retries = RetryLoop.begin(call.runtime(), COMPLETE, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        String result = call.proceed();
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(call.runtime(), COMPLETE, null, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isWoven() {
    return false;
  }
}
