package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.Nested;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retries are switched off in a runtime. */
class DisabledRuntimeTest {

  private final FaultyEnvironment environment = new FaultyEnvironment();

  private RetryRuntime disabled() {
    return environment.runtime().toBuilder().enabled(false).build();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void aCallMakesOneAttemptAndThrowsItsError(RuntimeDriver driver) {
    CompletableFuture<String> call =
        driver.call(
            disabled(), FaultyEnvironment.UNTIMED, environment.token, environment.failing(1));
    Throwable error = environment.errorOf(call);
    assertThat(error).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isOne();
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.DISABLED);
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void aResultIsReturned(RuntimeDriver driver) {
    CompletableFuture<String> call =
        driver.call(disabled(), FaultyEnvironment.TIMED, environment.token, attempt -> "ok");
    assertThat(environment.errorOf(call)).isNull();
    environment.checkOneEndAndNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(RuntimeDriver.class)
  void anErrorThatIsNotRetryableIsReportedAsSuch(RuntimeDriver driver) {
    var error = new ProviderError(FailureKind.UNAUTHORIZED);
    CompletableFuture<String> call =
        driver.call(
            disabled(),
            FaultyEnvironment.UNTIMED,
            environment.token,
            attempt -> {
              throw error;
            });
    assertThat(environment.errorOf(call)).isSameAs(error);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
  }

  @Test
  void anErrorThatAnInnerRetryHasExhaustedIsNotRetriedEither() {
    RetryPolicy repeating = RetryPolicy.builder("outer").nested(Nested.RETRY).build();
    RetryRuntime enabled = environment.runtime();
    CompletableFuture<String> call =
        RuntimeDriver.BLOCKING.call(
            disabled(),
            repeating,
            environment.token,
            attempt ->
                Retry.call(enabled, FaultyEnvironment.UNTIMED, null, environment.failing(9)));
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isEqualTo(3);
  }

  @Test
  void anOuterRetryRepeatsTheErrorOfADisabledOne() {
    CompletableFuture<String> call =
        RuntimeDriver.BLOCKING.call(
            environment.runtime(),
            FaultyEnvironment.UNTIMED,
            environment.token,
            attempt ->
                Retry.call(disabled(), FaultyEnvironment.UNTIMED, null, environment.failing(9)));
    assertThat(environment.errorOf(call)).isSameAs(environment.overloaded);
    assertThat(environment.attempts).isEqualTo(3);
  }

  @Test
  void retriesCanBeSwitchedOnAgain() {
    RetryRuntime runtime = disabled().toBuilder().enabled(true).build();
    assertThat(disabled().isEnabled()).isFalse();
    assertThat(runtime.isEnabled()).isTrue();
    assertThat(RetryRuntime.standard().isEnabled()).isTrue();
    CompletableFuture<String> call =
        RuntimeDriver.BLOCKING.call(
            runtime, FaultyEnvironment.UNTIMED, environment.token, environment.failing(1));
    assertThat(environment.errorOf(call)).isNull();
    assertThat(environment.attempts).isEqualTo(2);
  }
}
