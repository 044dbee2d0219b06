package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryCallTest {

  @Test
  void anErrorOfAnAttemptLeavesNoTimer() {
    TestEnvironment environment = new TestEnvironment();
    RetryPolicy timed = RetryPolicy.builder("call").attemptTimeout(Duration.ofSeconds(1)).build();
    var error = new AssertionError("on purpose");
    assertThatThrownBy(
            () ->
                Retry.call(
                    environment.runtime(),
                    timed,
                    environment.callToken,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(environment.clock.scheduledCount()).isZero();
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void aCallCancelledByItsAttemptEndsOnce() {
    TestEnvironment environment = new TestEnvironment();
    assertThatThrownBy(
            () ->
                Retry.call(
                    environment.runtime(),
                    RetryPolicy.builder("call").build(),
                    environment.callToken,
                    attempt -> {
                      environment.call.cancel();
                      throw new ProviderError(FailureKind.OVERLOADED);
                    }))
        .isInstanceOf(CancelledException.class);
    assertThat(environment.events).containsExactly("give up 1 CANCELLED");
  }
}
