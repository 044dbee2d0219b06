package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.classification.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryRulesTest {

  /** In whichever order they are named. */
  @Test
  void theMoreSpecificClassWins() {
    Failure unknown = Failure.of(FailureKind.UNKNOWN, "a time-out");
    var error = new SocketTimeoutException("read");
    List<Class<? extends Throwable>> types =
        List.of(IOException.class, SocketTimeoutException.class);
    for (boolean reversed : List.of(false, true)) {
      RetryPolicy retrying =
          RetryPolicy.builder("ask")
              .abortOn(InterruptedIOException.class)
              .retryOn(types.get(reversed ? 1 : 0))
              .retryOn(types.get(reversed ? 0 : 1))
              .build();
      assertThat(RetryRules.isRetryable(retrying, error, unknown)).isTrue();
      assertThat(RetryRules.isRetryable(retrying, new InterruptedIOException("cut off"), unknown))
          .isFalse();
      RetryPolicy aborting =
          RetryPolicy.builder("ask")
              .retryOn(InterruptedIOException.class)
              .abortOn(types.get(reversed ? 1 : 0))
              .abortOn(types.get(reversed ? 0 : 1))
              .build();
      assertThat(RetryRules.isRetryable(aborting, error, unknown)).isFalse();
      assertThat(RetryRules.isRetryable(aborting, new InterruptedIOException("cut off"), unknown))
          .isTrue();
    }
  }
}
