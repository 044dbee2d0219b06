package dev.llmretry.benchmarks.callers.policies;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;

/** Retries by libraries that know nothing of providers. */
final class Libraries {

  private Libraries() {}

  static Chat failsafe(Chat delegate) {
    FailsafeExecutor<String> executor =
        Failsafe.with(
            RetryPolicy.<String>builder()
                .withMaxRetries(BackOff.RETRIES)
                .withBackoff(BackOff.BASE, BackOff.MAX, BackOff.MULTIPLIER)
                .withJitter(BackOff.JITTER)
                .build());
    return () -> executor.get(delegate::ask);
  }

  static Chat resilience4j(Chat delegate) {
    Retry retry =
        Retry.of(
            "chat",
            RetryConfig.custom()
                .maxAttempts(1 + BackOff.RETRIES)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        BackOff.BASE, BackOff.MULTIPLIER, BackOff.JITTER, BackOff.MAX))
                .build());
    return () -> {
      try {
        return retry.executeCallable(delegate::ask);
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    };
  }

  static Chat springTemplate(Chat delegate) {
    RetryTemplate template =
        new RetryTemplate(
            org.springframework.core.retry.RetryPolicy.builder()
                .maxRetries(BackOff.RETRIES)
                .delay(BackOff.BASE)
                .jitter(BackOff.BASE.dividedBy(2))
                .multiplier(BackOff.MULTIPLIER)
                .maxDelay(BackOff.MAX)
                .build());
    return () -> {
      try {
        return template.execute(delegate::ask);
      } catch (RetryException e) {
        throw new IOException(e);
      }
    };
  }
}
