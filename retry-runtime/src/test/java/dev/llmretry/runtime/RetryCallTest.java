package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.cases.RetryCase;
import dev.llmretry.runtime.cases.RetryCases;
import dev.llmretry.runtime.cases.Way;
import dev.llmretry.runtime.cases.World;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryCallTest {

  static Stream<RetryCase> cases() {
    return RetryCases.of(Way.BLOCKING);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void behavesAsTheTableSays(RetryCase retryCase) {
    retryCase.check(
        (which, runtime, token, delegate) ->
            Retry.call(runtime, which.settings().policy("call"), token, delegate::call));
  }

  @Test
  void anErrorOfAnAttemptLeavesNoTimer() {
    World world = new World();
    RetryPolicy timed = RetryPolicy.builder("call").attemptTimeout(Duration.ofSeconds(1)).build();
    var error = new AssertionError("on purpose");
    assertThatThrownBy(
            () ->
                Retry.call(
                    world.runtime(),
                    timed,
                    world.callToken,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(world.clock.scheduledCount()).isZero();
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void aCallThatItsAttemptCancelsEndsOnce() {
    World world = new World();
    assertThatThrownBy(
            () ->
                Retry.call(
                    world.runtime(),
                    RetryPolicy.builder("call").build(),
                    world.callToken,
                    () -> {
                      world.call.cancel();
                      throw new ProviderError(FailureKind.OVERLOADED);
                    }))
        .isInstanceOf(CancelledException.class);
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
  }
}
